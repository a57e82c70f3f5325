const NAME_MAX_WORDS = 8;
const byline =
  /^(?:(?:written|story|a novel|geschrieben)\s+)?(?:by|von|par|por|de|di|da|door|av|af|autor|author|auteur|autore|автор|作者|著者)\s*[:：]?\s+(\S.*)$/iu;
const startsLikeName = /^["“«@]?[\p{Lu}\p{Lo}\p{N}_@]/u;
const screenName = /^[\w.-]{2,40}$/u;

/** The name in a line such as `by Ada Quill`, or null when the line is anything else. */
export function authorOfByline(line: string): string | null {
  const name = byline.exec(line.trim())?.[1]?.trim();
  if (name === undefined || name.length > 80 || name.split(/\s+/u).length > NAME_MAX_WORDS) return null;
  if (/[!?:;,]$|\p{Ll}{4,}\.$/u.test(name)) return null;
  return startsLikeName.test(name) || screenName.test(name) ? name : null;
}

const LINE_MAX_CHARS = 60;
const ornaments = /^[\s*＊⁎∗~∼#=_\-–—+•·∙⁂❦☙❧§◇◆○●□■※✦✧★☆✽✻❖♦♥♡<>|\\/^xXoO0]+$/u;
/** At least one sign that is no letter, dash or slash: a lone dash is a thought broken off, `x` a kiss. */
const sign = /[*＊⁎∗~∼#=_+•·∙⁂❦☙❧§◇◆○●□■※✦✧★☆✽✻❖♦♥♡]|[-–—]\s*[-–—]\s*[-–—]/u;
const lettered = /^[-–—~*\s]*(?:o0o|0o0|oOo|OoO|xXx|XxX|xox|XOX)[-–—~*\s]*$/u;
const word = /[xXoO0]/u;

/** Whether a line is nothing but a scene break: `* * *`, `---`, `~`, `#`, `⁂`, `o0o` and their kin. */
export function isSceneBreak(line: string): boolean {
  const text = line.trim();
  if (text === '' || text.length > LINE_MAX_CHARS) return false;
  if (lettered.test(text)) return true;
  return ornaments.test(text) && sign.test(text) && !word.test(text);
}

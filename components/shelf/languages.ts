/** The languages that most books are in; what a file says of itself is offered beside them. */
const common =
  'af ar be bg bn ca cs cy da de el en eo es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka ko la lt lv mk mn ms nb nl nn pl pt ro ru sk sl sq sr sv sw ta te th tr uk ur vi yi zh'.split(
    ' ',
  );

/** Languages to choose from, by their names: BCP 47 tags, `own` among them. */
export function languageChoices(own: string): { tag: string; name: string }[] {
  const names = new Intl.DisplayNames(['en'], { type: 'language' });
  const tags = new Set([...common, own]);
  tags.delete('und');
  const known = [...tags].map((tag) => ({ tag, name: names.of(tag) ?? tag }));
  return [{ tag: 'und', name: 'Not known' }, ...known.toSorted((a, b) => a.name.localeCompare(b.name, 'en'))];
}

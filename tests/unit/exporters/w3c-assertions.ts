import { Ajv } from 'ajv';

/**
 * What the Web Annotation Data Model (W3C Recommendation, 23 February 2017) says MUST hold, one schema an assertion,
 * written from its text. Each names its section.
 */
interface Assertion {
  section: string;
  says: string;
  schema: object;
}

const iri = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9+.-]*:[^\\s<>"{}|\\\\^`]+$' };
const time = {
  type: 'string',
  pattern:
    '^-?[0-9]{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]+)?Z$',
};
const count = { type: 'integer', minimum: 0 };
const oneOrMany = (schema: object) => ({ anyOf: [schema, { type: 'array', minItems: 1, items: schema }] });
const includes = (value: string) => ({ anyOf: [{ const: value }, { type: 'array', contains: { const: value } }] });
const has = (key: string, schema: object) => ({ type: 'object', required: [key], properties: { [key]: schema } });
const ifHas = (key: string, schema: object) => ({ type: 'object', properties: { [key]: schema } });
const implies = (one: object, other: object) => ({ anyOf: [{ not: one }, other] });
const ofType = (type: string, schema: object) => implies(has('type', { const: type }), schema);

const context = has('@context', includes('http://www.w3.org/ns/anno.jsonld'));
const resource = { anyOf: [iri, { type: 'object' }] };

export const collectionMust: Assertion[] = [
  { section: '5.1', says: 'has the context of annotations', schema: context },
  { section: '5.1', says: 'has one IRI', schema: has('id', iri) },
  { section: '5.1', says: 'is an AnnotationCollection', schema: has('type', includes('AnnotationCollection')) },
  { section: '5.1', says: 'labels are strings', schema: ifHas('label', oneOrMany({ type: 'string' })) },
  { section: '5.1', says: 'total is a non-negative integer', schema: ifHas('total', count) },
  {
    section: '5.1',
    says: 'with a total above 0 it has one first page',
    schema: implies(has('total', { type: 'integer', minimum: 1 }), has('first', resource)),
  },
  { section: '3.3.1', says: 'generated is an xsd:dateTime in UTC', schema: ifHas('generated', time) },
];

export const pageMust: Assertion[] = [
  { section: '5.2', says: 'has one IRI', schema: has('id', iri) },
  { section: '5.2', says: 'is an AnnotationPage', schema: has('type', includes('AnnotationPage')) },
  { section: '5.2', says: 'partOf is an IRI or has one', schema: ifHas('partOf', { anyOf: [iri, has('id', iri)] }) },
  { section: '5.2', says: 'has 1 or more annotations', schema: has('items', { type: 'array', minItems: 1 }) },
  { section: '5.2', says: 'startIndex is a non-negative integer', schema: ifHas('startIndex', count) },
];

const textual = has('type', { const: 'TextualBody' });
const bodies = (schema: object) => ifHas('body', oneOrMany(schema));

export const annotationMust: Assertion[] = [
  { section: '3.1', says: 'has the context of annotations', schema: context },
  { section: '3.1', says: 'has one IRI', schema: has('id', iri) },
  { section: '3.1', says: 'is an Annotation', schema: has('type', includes('Annotation')) },
  { section: '3.1', says: 'has 1 or more targets', schema: has('target', oneOrMany(resource)) },
  { section: '3.1', says: 'bodies are resources', schema: bodies(resource) },
  { section: '3.2.5', says: 'has no body beside a bodyValue', schema: { not: { required: ['body', 'bodyValue'] } } },
  {
    section: '3.2.4',
    says: 'a textual body has one value',
    schema: bodies(implies(textual, has('value', { type: 'string' }))),
  },
  {
    section: '3.2.2',
    says: 'a body that is no text, choice or specific resource has an IRI',
    schema: bodies({
      anyOf: [
        iri,
        has('type', { enum: ['TextualBody', 'Choice', 'SpecificResource'] }),
        has('value', { type: 'string' }),
        has('source', {}),
        has('id', iri),
      ],
    }),
  },
  {
    section: '3.2.2',
    says: 'textDirection is ltr, rtl or auto',
    schema: bodies(ifHas('textDirection', { enum: ['ltr', 'rtl', 'auto'] })),
  },
  { section: '3.3.1', says: 'created is one xsd:dateTime in UTC', schema: ifHas('created', time) },
  { section: '3.3.1', says: 'modified is one xsd:dateTime in UTC', schema: ifHas('modified', time) },
  { section: '3.3.1', says: 'generated is one xsd:dateTime in UTC', schema: ifHas('generated', time) },
  {
    section: '3.3.2',
    says: 'an agent has at most one IRI',
    schema: ifHas('creator', oneOrMany({ anyOf: [iri, ifHas('id', iri)] })),
  },
  {
    section: '3.3.3',
    says: 'classes and properties of an audience carry the prefix schema:',
    schema: ifHas(
      'audience',
      oneOrMany({
        anyOf: [
          iri,
          {
            type: 'object',
            properties: { id: iri, type: oneOrMany({ type: 'string', pattern: '^schema:' }) },
            patternProperties: { '^schema:': {} },
            additionalProperties: false,
          },
        ],
      }),
    ),
  },
  {
    section: '4',
    says: 'a specific resource has one source',
    schema: ifHas('target', oneOrMany(ofType('SpecificResource', has('source', { anyOf: [iri, has('id', iri)] })))),
  },
  {
    section: '4',
    says: 'a target that is no specific resource has an IRI',
    schema: ifHas('target', oneOrMany({ anyOf: [iri, has('source', {}), has('id', iri)] })),
  },
  {
    section: '4.4',
    says: 'a stylesheet is a CssStylesheet',
    schema: ifHas('stylesheet', { anyOf: [iri, ifHas('type', { const: 'CssStylesheet' })] }),
  },
];

export const selectorMust: Assertion[] = [
  { section: '4.2', says: 'has one type', schema: has('type', { type: 'string' }) },
  {
    section: '4.2.1',
    says: 'a fragment has one value',
    schema: ofType('FragmentSelector', has('value', { type: 'string' })),
  },
  {
    section: '4.2.1',
    says: 'a fragment conforms to at most one standard',
    schema: ofType('FragmentSelector', ifHas('conformsTo', iri)),
  },
  {
    section: '4.2.4',
    says: 'a quote has one exact',
    schema: ofType('TextQuoteSelector', has('exact', { type: 'string' })),
  },
  {
    section: '4.2.4',
    says: 'a quote has at most one prefix',
    schema: ofType('TextQuoteSelector', ifHas('prefix', { type: 'string' })),
  },
  {
    section: '4.2.4',
    says: 'a quote has at most one suffix',
    schema: ofType('TextQuoteSelector', ifHas('suffix', { type: 'string' })),
  },
  { section: '4.2.5', says: 'a position has one start', schema: ofType('TextPositionSelector', has('start', count)) },
  { section: '4.2.5', says: 'a position has one end', schema: ofType('TextPositionSelector', has('end', count)) },
  {
    section: '4.2.9',
    says: 'a range has one start selector',
    schema: ofType('RangeSelector', has('startSelector', { anyOf: [iri, { type: 'object' }] })),
  },
  {
    section: '4.2.9',
    says: 'a range has one end selector',
    schema: ofType('RangeSelector', has('endSelector', { anyOf: [iri, { type: 'object' }] })),
  },
];

const ajv = new Ajv({ strict: false });
const compiled = new Map<Assertion, (value: unknown) => boolean>();

/** What a value fails, as sentences; an empty list is a pass. */
export function broken(assertions: Assertion[], value: unknown): string[] {
  return assertions
    .filter((assertion) => {
      const holds = compiled.get(assertion) ?? ajv.compile(assertion.schema);
      compiled.set(assertion, holds);
      return !holds(value);
    })
    .map(({ section, says }) => `${section}: ${says}`);
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/** Everything that a whole collection fails: itself, its page, its annotations, and every selector however deep. */
export function brokenInCollection(collection: Json): string[] {
  const problems = broken(collectionMust, collection);
  if (!isObject(collection['first'])) return problems;
  problems.push(...broken(pageMust, collection['first']));
  for (const annotation of list(collection['first']['items'])) {
    problems.push(...broken(annotationMust, annotation));
    if (!isObject(annotation)) continue;
    for (const target of list(annotation['target'])) {
      if (isObject(target)) problems.push(...list(target['selector']).flatMap(brokenInSelector));
    }
  }
  return problems;
}

function brokenInSelector(selector: unknown): string[] {
  if (!isObject(selector)) return [];
  const inner = ['refinedBy', 'startSelector', 'endSelector'].flatMap((key) => list(selector[key]));
  return [...broken(selectorMust, selector), ...inner.flatMap(brokenInSelector)];
}

import type { ExportFormat } from '#shared/protocol/http.ts';
import { csvExporter } from './csv.ts';
import type { Exporter } from './exporter.ts';
import { htmlExporter } from './html.ts';
import { jsonldExporter } from './jsonld.ts';
import { markdownExporter } from './markdown.ts';

/** The exporter of each format. */
export const exporters: Record<ExportFormat, Exporter> = {
  markdown: markdownExporter,
  html: htmlExporter,
  csv: csvExporter,
  jsonld: jsonldExporter,
};

import type { ExportFormat } from '#shared/protocol/http.ts';
import { csvExporter } from './csv.ts';
import type { Exporter } from './exporter.ts';
import { htmlExporter } from './html.ts';
import { jsonldExporter } from './jsonld.ts';
import { markdownExporter } from './markdown.ts';

const exporters: Record<ExportFormat, Exporter> = {
  markdown: markdownExporter,
  html: htmlExporter,
  csv: csvExporter,
  jsonld: jsonldExporter,
};

/** The exporter of a format. Every format there is has one. */
export const exporterFor = (format: ExportFormat): Exporter => exporters[format];

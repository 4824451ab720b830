/* fuzz_xlsx.c — sheets and string tables that try to do harm. The first byte says what the rest is: S the XML of a sheet, T that of the
 * shared strings, anything else (itself included) a whole file. Read with the scanner and with expat. */
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "sheet/xlsx_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
static const char top[] = "<Relationships><Relationship Id=\"r1\" Type=\"" REL "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
static const char book[] = "<workbook " MAIN " xmlns:r=\"" REL "\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
static const char relations[] = "<Relationships><Relationship Id=\"rId1\" Type=\"" REL "/worksheet\" Target=\"sheet.xml\"/>"
	"<Relationship Id=\"rId2\" Type=\"" REL "/sharedStrings\" Target=\"strings.xml\"/><Relationship Id=\"rId3\" Type=\"" REL "/styles\" Target=\"styles.xml\"/></Relationships>";
static const char styles[] = "<styleSheet " MAIN "><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>";
static const char sheet[] = "<worksheet " MAIN "><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row></sheetData></worksheet>";
static const char strings[] = "<sst " MAIN "><si><t>a</t></si><si><r><t>b</t></r><r><t>c</t></r></si></sst>";

static void add(zip_t *zip, const char *path, const void *data, size_t size)
{
	zip_file_add(zip, path, zip_source_buffer(zip, data, size, 0), 0);
	zip_set_file_compression(zip, (zip_uint64_t)zip_get_num_entries(zip, 0) - 1, ZIP_CM_STORE, 0);
}

/* A file around the part at hand. */
static size_t pack(const uint8_t *data, size_t size, bool is_sheet, char **out)
{
	zip_error_t error;
	zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *zip = zip_open_from_source(memory, ZIP_TRUNCATE, &error);
	zip_stat_t st;

	zip_source_keep(memory);
	add(zip, "_rels/.rels", top, sizeof top - 1);
	add(zip, "xl/workbook.xml", book, sizeof book - 1);
	add(zip, "xl/_rels/workbook.xml.rels", relations, sizeof relations - 1);
	add(zip, "xl/styles.xml", styles, sizeof styles - 1);
	add(zip, "xl/sheet.xml", is_sheet ? (const char *)data : sheet, is_sheet ? size : sizeof sheet - 1);
	add(zip, "xl/strings.xml", is_sheet ? strings : (const char *)data, is_sheet ? sizeof strings - 1 : size);
	if (zip_close(zip) != 0 || zip_source_open(memory) != 0 || zip_source_stat(memory, &st) != 0)
		abort();
	*out = malloc(st.size);
	if (*out == NULL || zip_source_read(memory, *out, st.size) != (zip_int64_t)st.size)
		abort();
	zip_source_close(memory);
	zip_source_free(memory);
	return st.size;
}

static void read_all(const char *data, size_t size, bool expat)
{
	struct xlsx_limits limits = xlsx_limits_usual;
	struct xlsx_reader *r = NULL;
	struct source source;
	struct sheet_row row;
	struct call c;
	bool more = true;
	fail f;

	limits.inflated = 64 << 20;
	call_begin(&c, (size_t)64 << 20);
	source_memory("fuzz", data, size, &source);
	f = xlsx_open(&c, &source, &limits, &r);
	if (f == FAIL_OK && expat) {
		xlsx_use_expat(r);
		f = xlsx_rewind(&c, r);
	}
	while (f == FAIL_OK && (f = xlsx_next(&c, r, &row, &more)) == FAIL_OK && more)
		for (size_t i = 0; i < row.n; i++)
			if (strlen(row.cells[i].text) != row.cells[i].size)
				abort();
	xlsx_close(r);
	call_end(&c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *file = (char *)(uintptr_t)data;
	bool part = size > 0 && (data[0] == 'S' || data[0] == 'T');

	if (part)
		size = pack(data + 1, size - 1, data[0] == 'S', &file);
	read_all(file, size, false);
	read_all(file, size, true);
	if (part)
		free(file);
	return 0;
}

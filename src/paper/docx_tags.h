/* docx_tags.h — the tags of a part, found in the text of its paragraphs however it is split over runs. */
#ifndef CHIBO_PAPER_DOCX_TAGS_H
#define CHIBO_PAPER_DOCX_TAGS_H

#include "paper/mustache_build.h"
#include "paper/xml_tree.h"

enum { DOCX_NOTHING = -1 }; /* the op of a remark */

/* Where a tag stands, as people count. */
struct docx_place { int paragraph, table, row, column; };

struct docx_places {
	const char *label; /* message id, or NULL */
	struct docx_place *v;
	size_t n, room;
};

/* A tag that opens or closes a section, or a remark: what will move. */
struct docx_mark {
	struct xml_node *node, *paragraph;
	bool alone;  /* the paragraph holds nothing but such tags */
	bool starts; /* nothing stands before it in its paragraph but such tags */
	bool ends;   /* nor behind it */
};

struct docx_tags {
	struct call *c;
	struct arena *keep; /* names and places */
	const char *file;
	struct docx_places *places;
	struct mustache_delimiters delimiters;
	struct docx_place at; /* of the walk */
	int tables;
	struct docx_mark *marks;
	size_t n, room;
};

/* Turns the tags in the texts of `root` into nodes of the tree (XML_TAG) and lists the marks in reading order. */
fail docx_find_tags(struct docx_tags *t, struct xml_node *root) MUST_CHECK;
const char *docx_place_words(struct call *c, void *places, int where);

#endif

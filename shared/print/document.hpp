// Papers to read and to sign, as PDF of A4: acts, statements, files of proof. Black on white; page numbers "2 / 5" and
// a footer on every page. Pure functions but for the machine's fonts (DejaVu Sans is asked for); any thread.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/print/canvas.hpp"

namespace plus7::print {

// Texts are UTF-8 in the reader's language; they are wrapped, at a newline too, and never cut off.
struct Heading {
    std::string text;  // stays with what follows it
};

struct Paragraph {
    std::string text;
    bool bold = false;
};

// Captions on the left, what they say on the right.
struct Values {
    std::vector<std::pair<std::string, std::string>> rows;
};

struct Column {
    std::string head;
    double share = 1;  // of the paper's width, beside the other columns' shares
    Align align = Align::left;
};

// The head is repeated on each page. A row is kept on one page unless it is longer than a page.
struct Table {
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows = {};    // cells that are missing on the right stay empty
    std::vector<std::vector<std::string>> totals = {};  // bold, after the rows
    double size = 8.5;                                  // points
};

// A line to sign on with who signs above it and the name below it; two side by side, never parted by a page's end.
struct Signature {
    std::string caption;
    std::string name = {};
};
struct Signatures {
    std::vector<Signature> lines;
};

struct QrCode {
    std::string text;     // printable ASCII
    std::string caption;  // beside the code
};

using Block = std::variant<Heading, Paragraph, Values, Table, Signatures, QrCode>;

struct Document {
    std::string title;
    std::vector<std::string> subtitle = {};  // lines below the title
    std::vector<Block> blocks = {};
    std::string footer = {};                   // at the left below each page; the title when it is empty
    std::optional<core::TimeMs> created = {};  // written into the document, which has no date without it
};

// Equal input gives equal bytes on one machine. invalid: no title, a table without columns or with a row of more cells
// than columns, a QR that is no printable ASCII; limit: a QR's text too long, a text above 64 KiB, more than 500 pages;
// unavailable: the machine has no font.
core::Result<std::string> document_pdf(const Document& document);

}  // namespace plus7::print

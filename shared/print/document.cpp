#include "shared/print/document.hpp"

#include <algorithm>

#include "shared/print/document_flow.hpp"

namespace plus7::print {
namespace {

constexpr std::size_t most_pages = 500;
constexpr std::size_t most_bytes = 64 * 1024;  // of one text

constexpr TextStyle title_style{.largest = 16, .smallest = 16, .bold = true};
constexpr TextStyle subtitle_style{.largest = 10, .smallest = 10};
constexpr TextStyle heading_style{.largest = 12, .smallest = 12, .bold = true};
constexpr TextStyle body_style{.largest = 9.5, .smallest = 9.5};
constexpr TextStyle bold_style{.largest = 9.5, .smallest = 9.5, .bold = true};
constexpr TextStyle small_style{.largest = 8, .smallest = 8};

core::Status check_text(const std::string& text) {
    if (text.size() > most_bytes) return core::limit("a text is too long for a document");
    return {};
}

core::Status check_rows(const std::vector<std::vector<std::string>>& rows, std::size_t columns) {
    for (const auto& row : rows) {
        if (row.size() > columns) return core::invalid("a row has more cells than the table has columns");
        for (const auto& cell : row)
            if (auto fine = check_text(cell); !fine) return fine;
    }
    return {};
}

struct Checked {
    core::Status operator()(const Heading& heading) const { return check_text(heading.text); }
    core::Status operator()(const Paragraph& paragraph) const { return check_text(paragraph.text); }
    core::Status operator()(const Values& values) const {
        for (const auto& [caption, value] : values.rows)
            if (auto fine = check_text(caption.size() > value.size() ? caption : value); !fine) return fine;
        return {};
    }
    core::Status operator()(const Table& table) const {
        if (table.columns.empty()) return core::invalid("a table has no columns");
        if (auto fine = check_rows(table.rows, table.columns.size()); !fine) return fine;
        return check_rows(table.totals, table.columns.size());
    }
    core::Status operator()(const Signatures&) const { return {}; }
    core::Status operator()(const QrCode& code) const {
        const auto matrix = qr_matrix(code.text);
        if (!matrix) return matrix.error();
        return check_text(code.caption);
    }
};

// Texts side by side, each in its own column, all of it on one page.
double put_column(Flow& flow, double x, double y, double width, const TextStyle& style, const std::string& text) {
    const double height = flow.line_height(style);
    double used = 0;
    for (auto& line : flow.lines(width, style, text)) {
        flow.put({x, y + used, width, height}, Line{style, std::move(line)});
        used += height;
    }
    return used;
}

double height_of(Flow& flow, double width, const TextStyle& style, const std::string& text) {
    return flow.line_height(style) * static_cast<double>(flow.lines(width, style, text).size());
}

struct Flown {
    Flow& flow;

    void operator()(const Heading& heading) const {
        flow.skip(4);
        flow.keep(height_of(flow, paper::across, heading_style, heading.text) + 30);
        flow.text(heading_style, heading.text);
        flow.advance(1);
    }

    void operator()(const Paragraph& paragraph) const {
        flow.skip(1);
        flow.text(paragraph.bold ? bold_style : body_style, paragraph.text);
        flow.advance(1);
    }

    void operator()(const Values& values) const {
        constexpr double caption_width = 50, value_x = paper::left + caption_width + 3;
        constexpr double value_width = paper::right - value_x;
        flow.skip(1);
        for (const auto& [caption, value] : values.rows) {
            flow.keep(std::max(height_of(flow, caption_width, body_style, caption),
                               height_of(flow, value_width, bold_style, value)));
            const double y = flow.y();
            const double left = put_column(flow, paper::left, y, caption_width, body_style, caption);
            const double right = put_column(flow, value_x, y, value_width, bold_style, value);
            flow.advance(std::max(left, right) + 0.8);
        }
        flow.advance(1);
    }

    void operator()(const Table& table) const {
        flow.skip(1);
        flow_table(flow, table);
        flow.advance(2);
    }

    void operator()(const Signatures& signatures) const {
        constexpr double gap = 10, width = (paper::across - gap) / 2, to_write = 9;
        flow.skip(4);
        for (std::size_t at = 0; at < signatures.lines.size(); at += 2) {
            flow.keep(32);
            double used = 0;
            for (std::size_t one = at; one < std::min(at + 2, signatures.lines.size()); ++one) {
                const double x = one == at ? paper::left : paper::left + width + gap;
                const auto& line = signatures.lines[one];
                double y = flow.y() + put_column(flow, x, flow.y(), width, body_style, line.caption) + to_write;
                flow.put({x, y, width, paper::thick}, Rule{});
                y += 1 + put_column(flow, x, y + 1, width, small_style, line.name);
                used = std::max(used, y - flow.y());
            }
            flow.advance(used + 4);
        }
    }

    void operator()(const QrCode& code) const {
        const auto matrix = qr_matrix(code.text).value();
        constexpr double quiet = qr_quiet_zone * paper::qr_module;
        const double edge = std::min(60.0, matrix.size * paper::qr_module);
        flow.skip(2);
        flow.keep(edge + 2 * quiet);
        flow.put({paper::left + quiet, flow.y() + quiet, edge, edge}, matrix);
        const double x = paper::left + edge + 2 * quiet + 4;
        const double used = put_column(flow, x, flow.y() + quiet, paper::right - x, body_style, code.caption);
        flow.advance(std::max(edge + 2 * quiet, used + quiet));
    }
};

void put_head(Flow& flow, const Document& document) {
    flow.text(title_style, document.title);
    flow.advance(1);
    for (const auto& line : document.subtitle) flow.text(subtitle_style, line);
    flow.advance(3);
}

void draw(Canvas& canvas, const Mark& mark) {
    if (const auto* line = std::get_if<Line>(&mark.what))
        canvas.text({mark.box.x, mark.box.y, mark.box.width + 0.3, mark.box.height + 0.3}, line->style, line->text);
    else if (const auto* qr = std::get_if<QrMatrix>(&mark.what))
        canvas.qr(mark.box, *qr, paper::qr_module);
    else
        canvas.fill(mark.box);
}

void draw_foot(Canvas& canvas, const std::string& footer, std::size_t page, std::size_t pages) {
    constexpr double y = paper::height - 13, number = 25;
    const auto pages_text = std::to_string(page) + " / " + std::to_string(pages);
    canvas.text({paper::left, y, paper::across - number, 5}, small_style, footer);
    canvas.text({paper::right - number, y, number, 5}, {.largest = 8, .smallest = 6, .align = Align::right},
                pages_text);
}

}  // namespace

core::Result<std::string> document_pdf(const Document& document) {
    if (document.title.empty()) return core::invalid("a document needs a title");
    for (const auto& block : document.blocks)
        if (const auto fine = std::visit(Checked{}, block); !fine) return fine.error();
    Canvas canvas(paper::width, paper::height, document.created);
    canvas.title(document.title);
    Flow flow(canvas);
    put_head(flow, document);
    for (const auto& block : document.blocks) {
        std::visit(Flown{flow}, block);
        if (flow.pages().size() > most_pages) return core::limit("a document of more than 500 pages; ask for less");
    }
    for (std::size_t at = 0; at < flow.pages().size(); ++at) {
        for (const auto& mark : flow.pages()[at]) draw(canvas, mark);
        draw_foot(canvas, document.footer.empty() ? document.title : document.footer, at + 1, flow.pages().size());
        canvas.end_page();
    }
    return canvas.bytes();
}

}  // namespace plus7::print

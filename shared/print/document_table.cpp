// Tables of a document: rows of cells, each a list of lines.
#include <algorithm>

#include "shared/print/document_flow.hpp"

namespace plus7::print {
namespace {

constexpr double padding = 1;  // mm beside and above a cell's text

struct Cells {
    std::vector<std::vector<std::string>> lines;  // by column
    std::size_t most = 0;                         // lines of the longest cell
    bool bold = false;
};

class TableFlow {
  public:
    TableFlow(Flow& flow, const Table& table) : flow_(flow), table_(table) {
        double shares = 0;
        for (const auto& column : table.columns) shares += std::max(column.share, 0.01);
        for (const auto& column : table.columns)
            widths_.push_back(std::max(column.share, 0.01) / shares * paper::across);
        height_ = flow.line_height(style(0, true));
        std::vector<std::string> head;
        for (const auto& column : table.columns) head.push_back(column.head);
        head_ = cells_of(head, true);
    }

    void put() {
        // A head with nothing below it says nothing.
        const double first = table_.rows.empty() ? 0 : height_of(cells_of(table_.rows.front(), false).most);
        flow_.keep(height_of(head_.most) + std::min(first, 60.0));
        put_head();
        for (const auto& row : table_.rows) put_row(cells_of(row, false));
        if (!table_.totals.empty()) flow_.rule(paper::thick);
        for (const auto& row : table_.totals) put_row(cells_of(row, true));
    }

  private:
    TextStyle style(std::size_t column, bool bold) const {
        return {.largest = table_.size, .smallest = table_.size, .bold = bold, .align = table_.columns[column].align};
    }

    double height_of(std::size_t lines) const { return static_cast<double>(lines) * height_ + 2 * padding; }

    Cells cells_of(const std::vector<std::string>& texts, bool bold) {
        Cells cells;
        cells.bold = bold;
        for (std::size_t at = 0; at < table_.columns.size(); ++at) {
            const auto& text = at < texts.size() ? texts[at] : std::string();
            cells.lines.push_back(flow_.lines(widths_[at] - 2 * padding, style(at, bold), text));
            cells.most = std::max(cells.most, cells.lines.back().size());
        }
        return cells;
    }

    void put_head() {
        const bool has_words = std::any_of(table_.columns.begin(), table_.columns.end(),
                                           [](const Column& column) { return !column.head.empty(); });
        if (has_words) put_lines(head_, 0, head_.most);
        flow_.rule(paper::thick);
    }

    void put_lines(const Cells& cells, std::size_t from, std::size_t to) {
        double x = paper::left;
        for (std::size_t column = 0; column < widths_.size(); ++column) {
            const auto& lines = cells.lines[column];
            for (std::size_t at = from; at < std::min(to, lines.size()); ++at)
                flow_.put({x + padding, flow_.y() + padding + static_cast<double>(at - from) * height_,
                           widths_[column] - 2 * padding, height_},
                          Line{style(column, cells.bold), lines[at]});
            x += widths_[column];
        }
        flow_.advance(height_of(to - from));
    }

    void put_row(const Cells& cells) {
        const double whole_page = paper::bottom - paper::top - height_of(head_.most) - paper::thick;
        const bool fits_a_page = height_of(cells.most) <= whole_page;
        if (fits_a_page && height_of(cells.most) > flow_.room()) next_page();
        std::size_t from = 0;
        while (height_of(cells.most - from) > flow_.room()) {
            const double lines = (flow_.room() - 2 * padding) / height_;
            const auto fitting = lines < 1 ? 0 : static_cast<std::size_t>(lines);
            if (fitting > 0) put_lines(cells, from, from + fitting);
            from += fitting;
            next_page();
        }
        put_lines(cells, from, cells.most);
        flow_.rule(paper::thin);
    }

    void next_page() {
        flow_.new_page();
        put_head();
    }

    Flow& flow_;
    const Table& table_;
    std::vector<double> widths_;
    double height_ = 0;
    Cells head_;
};

}  // namespace

void flow_table(Flow& flow, const Table& table) { TableFlow(flow, table).put(); }

}  // namespace plus7::print

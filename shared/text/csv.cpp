#include "shared/text/csv.hpp"

#include <csv.h>

#include <algorithm>
#include <array>

namespace plus7::text {
namespace {

constexpr std::string_view separators = ";\t,";
constexpr std::string_view begin_formulas = "=+-@\t\r";

// Of the first line that holds something; what is quoted does not count. A comma counts least: it stands in texts.
char separator_of(std::string_view text) {
    std::array<std::size_t, separators.size()> seen{};
    bool quoted = false, any = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        if (!quoted && any && (c == '\n' || c == '\r')) break;
        any = any || (c != '\n' && c != '\r' && c != ' ');
        const auto at = separators.find(c);
        if (!quoted && at != separators.npos) ++seen[at];
    }
    return separators[static_cast<std::size_t>(std::max_element(seen.begin(), seen.end()) - seen.begin())];
}

// Takes the file line by line, so that each row knows where it began.
class Reader {
  public:
    Reader(char separator, std::size_t most) : most_(most) {
        csv_init(&parser_, 0);
        csv_set_delim(&parser_, static_cast<unsigned char>(separator));
    }
    ~Reader() { csv_free(&parser_); }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    void feed(std::string_view line) {
        ++line_;
        if (!inside_) began_ = line_;
        ended_ = false;
        csv_parse(&parser_, line.data(), line.size(), on_cell, on_row, this);
        if (csv_error(&parser_) != CSV_SUCCESS) throw std::bad_alloc();  // nothing else can happen when not strict
        inside_ = !ended_ && (inside_ || line.find_first_not_of(" \t\r\n") != line.npos);
    }
    core::Result<std::vector<CsvRow>> finish() {
        feed("\n");  // which ends the last row, unless it goes on inside of a quote
        if (inside_ && !is_full())
            return core::invalid("line " + std::to_string(began_) + " opens a quote that is never closed");
        if (is_full()) return core::limit("the file has more than " + std::to_string(most_) + " lines");
        return std::move(rows_);
    }
    bool is_full() const { return rows_.size() > most_; }

  private:
    static void on_cell(void* data, std::size_t length, void* self) {
        static_cast<Reader*>(self)->cells_.emplace_back(static_cast<const char*>(data), length);
    }
    static void on_row(int, void* self) { static_cast<Reader*>(self)->end_row(); }

    void end_row() {
        ended_ = true;
        const bool holds = std::any_of(cells_.begin(), cells_.end(), [](const auto& cell) { return !cell.empty(); });
        if (holds) rows_.push_back({began_, std::move(cells_)});
        cells_.clear();
    }

    csv_parser parser_{};
    std::size_t most_, line_ = 0, began_ = 0;
    bool inside_ = false, ended_ = false;  // inside of a row; a row ended in the line just fed
    std::vector<std::string> cells_;
    std::vector<CsvRow> rows_;
};

}  // namespace

core::Result<std::vector<CsvRow>> read_csv(std::string_view utf8, std::size_t most_rows) {
    const char end = utf8.find('\n') == utf8.npos ? '\r' : '\n';
    Reader reader(separator_of(utf8), most_rows);
    while (!utf8.empty() && !reader.is_full()) {
        const auto length = std::min(utf8.find(end), utf8.size() - 1) + 1;
        reader.feed(utf8.substr(0, length));
        utf8.remove_prefix(length);
    }
    return reader.finish();
}

std::string csv_line(const std::vector<std::string>& cells, char separator) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto& cell = cells[i];
        if (i > 0) line += separator;
        const bool bare =
            cell.find_first_of("\"\r\n,;\t") == cell.npos && !cell.starts_with(' ') && !cell.ends_with(' ');
        if (bare) {
            line += cell;
            continue;
        }
        std::string quoted(2 * cell.size() + 2, '\0');
        quoted.resize(csv_write(quoted.data(), quoted.size(), cell.data(), cell.size()));
        line += quoted;
    }
    return line + "\r\n";
}

std::string harmless_cell(std::string_view cell) {
    const bool runs = !cell.empty() && begin_formulas.find(cell.front()) != begin_formulas.npos;
    return (runs ? "'" : "") + std::string(cell);
}

std::string_view cell_as_meant(std::string_view cell) {
    const bool was_marked = cell.size() > 1 && cell[0] == '\'' && begin_formulas.find(cell[1]) != begin_formulas.npos;
    return was_marked ? cell.substr(1) : cell;
}

}  // namespace plus7::text

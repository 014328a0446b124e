#include "central/app/registries/registry_file.hpp"

#include <unordered_map>

#include "central/app/registries/line_reader.hpp"
#include "shared/crypto/sha256.hpp"
#include "shared/text/charset.hpp"
#include "shared/text/csv.hpp"

namespace plus7::central::app::registries {
namespace {

std::vector<FileFault> faults_of(const Columns& columns) {
    std::vector<FileFault> faults;
    const auto add = [&](Column column, const char* code) {
        faults.push_back({"file." + std::string(name_of(column)), code, {}});
    };
    for (const auto column : columns.missing) add(column, "required");
    for (const auto column : columns.twice) add(column, "taken");
    return faults;
}

// Each line finds its order by the number, or makes it.
void add_line(RegistryFile& file, std::unordered_map<std::string, std::size_t>& known, FileLine line,
              const std::string& zone) {
    LineReader reader(file.columns, zone, line);
    const auto ref = reader.outer_ref();
    line.parcel = reader.parcel();
    const auto place = file.lines.size();
    const auto [order, is_new] = known.try_emplace(ref, file.orders.size());
    if (is_new || ref.empty()) {
        order->second = file.orders.size();
        file.orders.push_back({ref, reader.terms(), {place}, true});
    } else {
        auto& lines = file.orders[order->second].lines;
        reader.compare(file.lines[lines.front()]);
        lines.push_back(place);
    }
    file.lines.push_back(std::move(line));
}

// The first line with a barcode has it; who comes later is told of it.
void find_duplicates(RegistryFile& file) {
    std::unordered_map<std::string_view, std::int64_t> seen;
    for (auto& line : file.lines) {
        if (!line.parcel.code) continue;
        const auto [first, is_new] = seen.try_emplace(*line.parcel.code, line.line);
        if (!is_new)
            line.faults.push_back({std::string(name_of(Column::barcode)), "duplicate", std::to_string(first->second)});
    }
}

// One wrong line keeps its order's others back, so that an order is whole when its lines come again.
void spread_faults(RegistryFile& file, FileOrder& order) {
    if (order.lines.size() > orders::most_parcels)
        file.lines[order.lines.back()].faults.push_back({"", "too_many", std::to_string(orders::most_parcels)});
    const FileLine* wrong = nullptr;
    for (const auto place : order.lines)
        if (wrong == nullptr && !file.lines[place].faults.empty()) wrong = &file.lines[place];
    if (wrong == nullptr) return;
    order.is_good = false;
    for (const auto place : order.lines)
        if (file.lines[place].faults.empty())
            file.lines[place].faults.push_back({"", "other_line", std::to_string(wrong->line)});
}

FileRead refused(const char* code, std::string detail) { return {std::nullopt, {{"file", code, std::move(detail)}}}; }

}  // namespace

FileRead read_file(std::string_view bytes, const std::string& zone) {
    if (bytes.empty()) return refused("required", "the file is empty");
    if (bytes.size() > most_bytes) return refused("out_of_range", "a file has at most 10 MiB");
    const auto text = text::decode_text(bytes);
    if (!text) return refused("malformed", text.error().message);
    auto rows = text::read_csv(*text, most_lines + 1);
    if (!rows && rows.error().kind == core::ErrorKind::limit)
        return refused("out_of_range", "a file has at most " + std::to_string(most_lines) + " lines: cut it in parts");
    if (!rows) return refused("wrong", rows.error().message);
    if (rows->empty()) return refused("required", "the file is empty");
    RegistryFile file;
    file.hash = crypto::sha256(core::view_of(bytes));
    file.header = std::move(rows->front().cells);
    file.columns = find_columns(file.header);
    if (auto faults = faults_of(file.columns); !faults.empty()) return {std::nullopt, std::move(faults)};
    if (rows->size() == 1) return refused("too_short", "the file has a header and no lines");
    std::unordered_map<std::string, std::size_t> known;
    for (std::size_t at = 1; at < rows->size(); ++at)
        add_line(file, known, {static_cast<std::int64_t>((*rows)[at].line), std::move((*rows)[at].cells), {}, {}},
                 zone);
    find_duplicates(file);
    for (auto& order : file.orders) spread_faults(file, order);
    return {std::move(file), {}};
}

}  // namespace plus7::central::app::registries

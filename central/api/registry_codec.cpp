#include "central/api/registry_codec.hpp"

#include <array>

#include "central/api/etag.hpp"
#include "central/api/json_text.hpp"
#include "central/api/registry_words.hpp"
#include "central/store/site_store.hpp"
#include "shared/text/csv.hpp"

namespace plus7::central::api {
namespace {

namespace registries = app::registries;
using registries::Column;
using registries::Outcome;

const char* state_of(const store::ImportRow& row, core::TimeUs now) {
    if (row.ended) return "done";
    return registries::is_interrupted(row, now) ? "interrupted" : "reading";
}

std::string import_json(const std::optional<store::ImportRow>& row, core::TimeUs now) {
    if (!row) return "null";
    return JsonObject()
        .text("state", state_of(*row, now))
        .number("lines", row->lines)
        .number("done", row->done)
        .number("created", row->created)
        .number("updated", row->updated)
        .number("unchanged", row->unchanged)
        .number("rejected", row->rejected)
        .time("started_ms", row->started)
        .time("ended_ms", row->ended)
        .done();
}

std::string fault_json(const store::ImportFault& fault) {
    return JsonObject()
        .text("field", fault.field)
        .text("code", fault.code)
        .text("about", fault.about)
        .text("detail", reason_of(fault, "en"))
        .done();
}

// The cells by which a person knows the line.
std::string line_json(std::int64_t line, const registries::Columns& columns, const std::vector<std::string>& cells,
                      Outcome outcome, const std::vector<store::ImportFault>& faults) {
    return JsonObject()
        .number("line", line)
        .text("outer_ref", columns.cell(cells, Column::outer_ref))
        .text("recipient", columns.cell(cells, Column::recipient))
        .text("barcode", columns.cell(cells, Column::barcode))
        .text("outcome", registries::name_of(outcome))
        .json("faults", json_list(faults, fault_json))
        .done();
}

// What we wrote ourselves: one row.
std::vector<std::string> cells_of(const std::string& csv) {
    auto rows = text::read_csv(csv, 1);
    if (!rows || rows->empty()) return {};
    return std::move(rows->front().cells);
}

}  // namespace

std::string registry_json(core::Tx& tx, Names& names, const store::RegistrySummary& summary, core::TimeUs now) {
    const auto& registry = summary.registry;
    const auto site = store::find_site(tx, registry.site);
    return JsonObject()
        .text("id", registry.id)
        .text("number", registry.number)
        .text("outer_number", registry.outer_number)
        .text("sender", registry.sender)
        .json("site", JsonObject().text("id", registry.site).text("name", site ? site->name : "").done())
        .text("state", registry.state)
        .number("total", registry.total)
        .number("expected", summary.expected)
        .number("arrived", summary.arrived)
        .time("created_ms", registry.created)
        .text("created_by", registry.created_by ? names.of_staff(*registry.created_by) : std::nullopt)
        .time("closed_ms", registry.closed)
        .text("etag", etag_of(registry.version))
        .json("import", import_json(store::find_import(tx, registry.id), now))
        .done();
}

std::string registry_line_json(const store::RegistryLine& line) {
    return JsonObject()
        .number("line", line.line)
        .text("parcel", line.parcel)
        .json("order", JsonObject().text("id", line.order).text("name", line.order_number).done())
        .text("outer_ref", line.outer_ref)
        .text("recipient", line.recipient)
        .text("code", line.code)
        .text("status", line.status)
        .done();
}

std::string report_json(const registries::RegistryFile& file, const std::vector<registries::LineReport>& reports,
                        const std::optional<store::RegistryRow>& registry) {
    std::array<std::int64_t, 4> counts{};
    JsonList lines;
    for (const auto& report : reports) {
        ++counts[static_cast<std::size_t>(report.outcome)];
        const auto& line = file.lines[report.line];
        lines.json(line_json(line.line, file.columns, line.cells, report.outcome, report.faults));
    }
    JsonList ignored;
    for (const auto& column : file.columns.ignored) ignored.text(column);
    JsonObject json;
    json.json("registry",
              registry ? JsonObject().text("id", registry->id).text("name", registry->number).done() : "null")
        .number("orders", file.orders.size());
    for (const auto outcome : {Outcome::created, Outcome::updated, Outcome::unchanged, Outcome::rejected})
        json.number(registries::name_of(outcome), counts[static_cast<std::size_t>(outcome)]);
    return json.json("ignored_columns", ignored.done()).json("lines", lines.done()).done();
}

std::string rejected_json(const store::ImportRow& import, const std::vector<store::RejectedLine>& lines) {
    const auto columns = registries::find_columns(cells_of(import.header));
    const auto items = json_list(lines, [&](const store::RejectedLine& line) {
        return line_json(line.line, columns, cells_of(line.cells), Outcome::rejected, line.faults);
    });
    return JsonObject().json("items", items).done();
}

std::string rejected_csv(const store::ImportRow& import, const std::vector<store::RejectedLine>& lines,
                         std::string_view lang) {
    auto header = cells_of(import.header);
    const auto width = header.size();
    header.emplace_back(reason_head(lang));
    std::string file = "\xEF\xBB\xBF";  // tells spreadsheets that it is UTF-8
    const auto add = [&](std::vector<std::string> cells) {
        for (auto& cell : cells) cell = text::harmless_cell(cell);
        file += text::csv_line(cells, ';');
    };
    add(std::move(header));
    for (const auto& line : lines) {
        auto cells = cells_of(line.cells);
        cells.resize(width);
        cells.push_back(reason_of(line.faults, lang));
        add(std::move(cells));
    }
    return file;
}

}  // namespace plus7::central::api

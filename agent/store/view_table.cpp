#include "agent/store/view_table.hpp"

namespace plus7::agent::store {
namespace {

constexpr std::string_view rows = "view_row", parts = "view_part", handed_rows = "handed_row";

std::int64_t number_of(wire::RowKind kind) { return static_cast<std::int64_t>(kind); }

}  // namespace

wire::ViewApplied ViewTable::applied() const {
    const auto row = tx.one("SELECT number, bytes FROM setting WHERE name = 'view'");
    if (!row) return {};
    return {row->get<std::uint64_t>(0), row->get<core::Hash>(1)};
}

void ViewTable::set_applied(const wire::ViewApplied& applied) const {
    tx.exec(
        "INSERT INTO setting (name, number, bytes) VALUES ('view', $1, $2) ON CONFLICT (name) DO UPDATE SET number = "
        "$1, bytes = $2",
        applied.version, applied.hash);
}

std::optional<wire::ViewRow> ViewTable::find(const wire::RowKey& key) const {
    const auto row =
        tx.one("SELECT version, body FROM view_row WHERE kind = $1 AND id = $2", number_of(key.kind), key.id);
    if (!row) return std::nullopt;
    auto body = seal.open(rows, key, row->get<core::Bytes>(1));
    if (!body) return std::nullopt;
    return wire::ViewRow{key, row->get<std::uint64_t>(0), std::move(*body)};
}

std::vector<wire::ViewRow> ViewTable::of(wire::RowKind kind) const {
    std::vector<wire::ViewRow> all;
    for (const auto& row :
         tx.query("SELECT id, version, body FROM view_row WHERE kind = $1 ORDER BY id", number_of(kind))) {
        const wire::RowKey key{kind, row.get<wire::RowId>(0)};
        if (auto body = seal.open(rows, key, row.get<core::Bytes>(2)))
            all.push_back({key, row.get<std::uint64_t>(1), std::move(*body)});
    }
    return all;
}

// One that does not open stays in the hash: central sees that it differs and tells all anew.
void ViewTable::remove(const wire::RowKey& key, core::Hash& hash) const {
    drop_handed(tx, key);
    if (const auto old = find(key)) wire::toggle_row(hash, wire::row_hash(*old));
    tx.exec("DELETE FROM view_row WHERE kind = $1 AND id = $2", number_of(key.kind), key.id);
}

void ViewTable::put(const wire::ViewRow& row, core::Hash& hash) const {
    remove(row.key, hash);
    wire::toggle_row(hash, wire::row_hash(row));
    tx.exec("INSERT INTO view_row (kind, id, version, body) VALUES ($1, $2, $3, $4)", number_of(row.key.kind),
            row.key.id, row.version, seal.seal(rows, row.key, row.body));
}

std::optional<core::Bytes> ViewTable::handed(const wire::RowKey& key) const {
    const auto sealed = find_handed(tx, key);
    return sealed ? seal.open(handed_rows, key, *sealed) : std::nullopt;
}

std::vector<HandedRow> ViewTable::all_handed(wire::RowKind kind) const {
    std::vector<HandedRow> all;
    for (const auto& [key, sealed] : handed_of(tx, kind))
        if (auto body = seal.open(handed_rows, key, sealed)) all.emplace_back(key, std::move(*body));
    return all;
}

void ViewTable::keep_handed(const HandedRow& row, core::TimeMs at) const {
    put_handed(tx, {row.first, seal.seal(handed_rows, row.first, row.second)}, at);
}

void ViewTable::keep_part(const wire::ViewPart& part) const {
    tx.exec("INSERT INTO view_part (part, body) VALUES ($1, $2) ON CONFLICT (part) DO UPDATE SET body = $2", part.part,
            seal.seal(parts, {}, wire::encode(part)));
}

namespace {

std::optional<wire::ViewPart> part_of(const ViewSeal& seal, const std::optional<sql::Row>& row) {
    if (!row) return std::nullopt;
    const auto plain = seal.open(parts, {}, row->get<core::Bytes>(0));
    if (!plain) return std::nullopt;
    auto read = wire::decode_view_part(*plain);
    if (!read) return std::nullopt;
    return std::move(*read);
}

}  // namespace

std::optional<wire::ViewPart> ViewTable::part(std::uint32_t number) const {
    return part_of(seal, tx.one("SELECT body FROM view_part WHERE part = $1", number));
}

std::optional<wire::ViewPart> ViewTable::any_part() const {
    return part_of(seal, tx.one("SELECT body FROM view_part LIMIT 1"));
}

void ViewTable::drop_all() const {
    tx.exec("DELETE FROM view_row");
    tx.exec("DELETE FROM view_part");
    drop_all_handed(tx);
    set_applied({});
}

}  // namespace plus7::agent::store

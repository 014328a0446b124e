// What outbox.cpp (changes) and outbox_read.cpp (questions) share; not for others.
#pragma once
#include "agent/store/outbox.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::agent::store {

struct Outbox::Head {
    std::int64_t ordinal = 1;
    core::Epoch epoch;
    std::uint64_t acked = 0;
    core::Hash acked_hash;
    std::uint64_t last = 0;
    core::Hash last_hash;
};

constexpr std::string_view insert_fact =
    "INSERT INTO fact (ordinal, seq, last_seq, event_id, type, hash, record) VALUES ($1, $2, $3, $4, $5, $6, $7)";

template <typename Result>
core::Status as_status(const Result& result) {
    if (result.ok()) return {};
    return result.error();
}

template <typename Head>
wire::Fact resequenced(const core::Bytes& record, const Head& now) {
    const auto sealed = wire::decode_fact_record(record).value();
    wire::Fact fact = wire::decode_body(sealed.body).value();
    fact.epoch = now.epoch;
    fact.seq = now.last + 1;
    fact.prev = now.last_hash;
    return fact;
}

// The hash of fact `upto` as known here; nothing when it was pruned or never was.
template <typename Head>
std::optional<core::Hash> hash_at(sql::Tx& tx, const Head& now, std::uint64_t upto) {
    if (upto == 0) return core::Hash{};
    if (upto == now.acked) return now.acked_hash;
    const auto row = tx.one("SELECT hash FROM fact WHERE ordinal = $1 AND last_seq = $2", now.ordinal, upto);
    if (!row) return std::nullopt;
    return row->template get<core::Hash>(0);
}

// The lowest number above `upto` that is still here; last + 1 when none is.
template <typename Head>
std::uint64_t oldest_kept(sql::Tx& tx, const Head& now, std::uint64_t upto) {
    const auto row = tx.one("SELECT MIN(seq) FROM fact WHERE ordinal = $1 AND last_seq > $2", now.ordinal, upto);
    return row->template get<std::optional<std::uint64_t>>(0).value_or(now.last + 1);
}

}  // namespace plus7::agent::store

#include "central/store/outbox_store.hpp"

namespace plus7::central::store {
namespace {

constexpr const char* select_effect =
    "SELECT o.effect_id, o.destination, o.target, o.key, o.kind, o.subject, o.body, o.state, o.attempts, o.made_us, "
    "o.due_us, o.give_up_us, o.tried_us, o.reason FROM outbox o ";

using Time = std::optional<core::TimeUs>;
using Text = std::optional<std::string>;

EffectRow effect_of(const sql::Row& row) {
    EffectRow effect;
    effect.id = row.get<EffectId>("effect_id");
    effect.destination = row.get<std::string>("destination");
    effect.target = row.get<std::string>("target");
    effect.key = row.get<std::string>("key");
    effect.kind = row.get<std::string>("kind");
    effect.subject = row.get<std::string>("subject");
    effect.body = core::text_of(row.get<core::Bytes>("body"));
    effect.is_dead = row.get<std::string>("state") == "dead";
    effect.attempts = row.get<std::int64_t>("attempts");
    effect.made = row.get<core::TimeUs>("made_us");
    effect.due = row.get<core::TimeUs>("due_us");
    effect.give_up = row.get<core::TimeUs>("give_up_us");
    effect.tried = row.get<Time>("tried_us");
    effect.reason = row.get<Text>("reason");
    return effect;
}

TargetRow target_of(const sql::Row& row) {
    return {row.get<std::string>("target"), row.get<std::int64_t>("failures"), row.get<core::TimeUs>("open_until_us"),
            row.get<Time>("ok_us"),         row.get<Time>("failed_us"),        row.get<Text>("problem")};
}

constexpr const char* select_target =
    "SELECT target, failures, open_until_us, ok_us, failed_us, problem FROM outbox_target WHERE target = $1 ";

const std::string is_due =
    "o.state = 'waiting' AND o.due_us <= $1 AND o.lease_us <= $1 "
    "AND o.target NOT IN (SELECT t.target FROM outbox_target t WHERE t.open_until_us > $1) "
    "AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.key = o.key AND e.state = 'waiting' AND e.number < o.number) ";

}  // namespace

bool insert_effect(sql::Tx& tx, const EffectRow& e) {
    return tx.exec(
               "INSERT INTO outbox (effect_id, destination, target, key, number, kind, subject, body, state, attempts, "
               "made_us, due_us, give_up_us, lease_us) VALUES ($1, $2, $3, $4, (SELECT COALESCE(MAX(number), 0) + 1 "
               "FROM outbox WHERE key = $4), $5, $6, $7, 'waiting', 0, $8, $9, $10, 0) ON CONFLICT (effect_id) DO "
               "NOTHING",
               e.id, e.destination, e.target, e.key, e.kind, e.subject, core::copy_of(core::view_of(e.body)), e.made,
               e.due, e.give_up) == 1;
}

bool has_due_effects(sql::Tx& tx, core::TimeUs now) {
    return tx.one("SELECT 1 FROM outbox o WHERE " + is_due + "LIMIT 1", now).has_value();
}

std::vector<EffectRow> due_effects(sql::Tx& tx, core::TimeUs now, int limit) {
    std::vector<EffectRow> due;
    const auto rows = tx.query(
        std::string(select_effect) + "WHERE " + is_due + "ORDER BY o.due_us, o.effect_id LIMIT $2 {skip_locked}", now,
        limit);
    for (const auto& row : rows) due.push_back(effect_of(row));
    return due;
}

void lease_effect(sql::Tx& tx, const EffectId& id, const core::Nonce& lease, core::TimeUs now, core::TimeUs until) {
    tx.exec(
        "UPDATE outbox SET attempts = attempts + 1, tried_us = $3, lease_us = $4, lease_id = $2 WHERE effect_id = $1",
        id, lease, now, until);
}

bool remove_effect(sql::Tx& tx, const EffectId& id) {
    return tx.exec("DELETE FROM outbox WHERE effect_id = $1", id) == 1;
}

bool postpone_effect(sql::Tx& tx, const EffectId& id, const core::Nonce& lease, core::TimeUs due,
                     const std::string& reason) {
    return tx.exec(
               "UPDATE outbox SET due_us = $3, lease_us = 0, lease_id = NULL, reason = $4 WHERE effect_id = $1 AND "
               "lease_id = $2",
               id, lease, due, reason) == 1;
}

bool bury_effect(sql::Tx& tx, const EffectId& id, const core::Nonce& lease, const std::string& reason) {
    return tx.exec(
               "UPDATE outbox SET state = 'dead', lease_us = 0, lease_id = NULL, reason = $3 WHERE effect_id = $1 AND "
               "lease_id = $2",
               id, lease, reason) == 1;
}

std::optional<EffectRow> lock_effect(sql::Tx& tx, const EffectId& id) {
    const auto row = tx.one(std::string(select_effect) + "WHERE o.effect_id = $1 {for_update}", id);
    if (!row) return std::nullopt;
    return effect_of(*row);
}

void revive_effect(sql::Tx& tx, const EffectRow& effect, core::TimeUs now, core::TimeUs give_up) {
    tx.exec(
        "UPDATE outbox SET state = 'waiting', attempts = 0, due_us = $3, give_up_us = $4, number = (SELECT "
        "COALESCE(MAX(x.number), 0) + 1 FROM outbox x WHERE x.key = $2) WHERE effect_id = $1",
        effect.id, effect.key, now, give_up);
}

std::vector<EffectRow> dead_effects(sql::Tx& tx, const std::optional<std::pair<core::TimeUs, EffectId>>& before,
                                    int limit) {
    const auto made = before ? before->first : core::TimeUs::max();
    const auto id = before ? before->second : EffectId{};
    std::vector<EffectRow> dead;
    const auto rows = tx.query(std::string(select_effect) +
                                   "WHERE o.state = 'dead' AND (o.made_us < $1 OR (o.made_us = $1 AND o.effect_id < "
                                   "$2)) ORDER BY o.made_us DESC, o.effect_id DESC LIMIT $3",
                               made, id, limit);
    for (const auto& row : rows) dead.push_back(effect_of(row));
    return dead;
}

void forget_dead_effects(sql::Tx& tx, core::TimeUs made_before) {
    tx.exec("DELETE FROM outbox WHERE state = 'dead' AND made_us < $1", made_before);
}

void remove_effects_of(sql::Tx& tx, const std::string& target) {
    tx.exec("DELETE FROM outbox WHERE target = $1", target);
}

TargetRow lock_target(sql::Tx& tx, const std::string& target) {
    tx.exec(
        "INSERT INTO outbox_target (target, failures, open_until_us) VALUES ($1, 0, 0) ON CONFLICT (target) DO NOTHING",
        target);
    return target_of(tx.one(std::string(select_target) + "{for_update}", target).value());
}

void put_target(sql::Tx& tx, const TargetRow& t) {
    tx.exec(
        "UPDATE outbox_target SET failures = $2, open_until_us = $3, ok_us = $4, failed_us = $5, problem = $6 WHERE "
        "target = $1",
        t.target, t.failures, t.open_until, t.ok, t.failed, t.problem);
}

std::optional<TargetRow> find_target(sql::Tx& tx, const std::string& target) {
    const auto row = tx.one(select_target, target);
    if (!row) return std::nullopt;
    return target_of(*row);
}

void remove_target(sql::Tx& tx, const std::string& target) {
    tx.exec("DELETE FROM outbox_target WHERE target = $1", target);
}

TargetLoad load_of_target(sql::Tx& tx, const std::string& target) {
    TargetLoad load;
    const auto rows = tx.query("SELECT state, COUNT(*) AS n FROM outbox WHERE target = $1 GROUP BY state", target);
    for (const auto& row : rows)
        (row.get<std::string>("state") == "dead" ? load.dead : load.waiting) = row.get<std::int64_t>("n");
    return load;
}

}  // namespace plus7::central::store

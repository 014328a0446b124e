// Rows of what is to happen outside (0011_outbox.sql). SQL only; who sends and when is told by central/outbox. In a
// transaction.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

using EffectId = core::EventId;

struct EffectRow {
    EffectId id;
    std::string destination, target, key, kind, subject;
    std::string body;
    bool is_dead = false;
    std::int64_t attempts = 0;  // begun
    core::TimeUs made{}, due{}, give_up{};
    std::optional<core::TimeUs> tried{};
    std::optional<std::string> reason{};
};

// Behind all that waits under the same key; the caller holds a lock of what the key names. False: it is there already.
bool insert_effect(sql::Tx& tx, const EffectRow& effect);

bool has_due_effects(sql::Tx& tx, core::TimeUs now);
// Due, in nobody's hands, the first of their keys, and their targets' circuits closed; locked until the transaction
// ends, those locked by others left out.
std::vector<EffectRow> due_effects(sql::Tx& tx, core::TimeUs now, int limit);
// One more attempt begins; until `until` it is the lease's holder's.
void lease_effect(sql::Tx& tx, const EffectId& id, const core::Nonce& lease, core::TimeUs now, core::TimeUs until);

bool remove_effect(sql::Tx& tx, const EffectId& id);
// Only when the lease is still this one. False: somebody else has it now.
bool postpone_effect(sql::Tx& tx, const EffectId& id, const core::Nonce& lease, core::TimeUs due,
                     const std::string& reason);
bool bury_effect(sql::Tx& tx, const EffectId& id, const core::Nonce& lease, const std::string& reason);

std::optional<EffectRow> lock_effect(sql::Tx& tx, const EffectId& id);
// A dead one waits again, behind what waits under its key.
void revive_effect(sql::Tx& tx, const EffectRow& effect, core::TimeUs now, core::TimeUs give_up);
// Newest first; `before`: made and id of the last one of the page before.
std::vector<EffectRow> dead_effects(sql::Tx& tx, const std::optional<std::pair<core::TimeUs, EffectId>>& before,
                                    int limit);
void forget_dead_effects(sql::Tx& tx, core::TimeUs made_before);
void remove_effects_of(sql::Tx& tx, const std::string& target);

struct TargetRow {
    std::string target;
    std::int64_t failures = 0;
    core::TimeUs open_until{};
    std::optional<core::TimeUs> ok{}, failed{};
    std::optional<std::string> problem{};
};
// Made when it is not there; locked until the transaction ends.
TargetRow lock_target(sql::Tx& tx, const std::string& target);
void put_target(sql::Tx& tx, const TargetRow& row);
std::optional<TargetRow> find_target(sql::Tx& tx, const std::string& target);
void remove_target(sql::Tx& tx, const std::string& target);

struct TargetLoad {
    std::int64_t waiting = 0, dead = 0;
};
TargetLoad load_of_target(sql::Tx& tx, const std::string& target);

}  // namespace plus7::central::store

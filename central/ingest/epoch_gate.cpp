#include "central/ingest/epoch_gate.hpp"

#include "central/ingest/cases.hpp"
#include "central/store/quarantine_store.hpp"
#include "central/store/record_store.hpp"

namespace plus7::central::ingest {

wire::EpochState state_of(store::EpochPhase phase) {
    switch (phase) {
        case store::EpochPhase::open:
            return wire::EpochState::open;
        case store::EpochPhase::sealed:
            return wire::EpochState::sealed;
        case store::EpochPhase::frozen:
            return wire::EpochState::frozen;
    }
    return wire::EpochState::unknown;
}

std::optional<store::EpochRow> enter(core::Tx& tx, const Batch& batch, Taken& taken) {
    auto row = store::lock_epoch(tx, batch.device, batch.header.epoch);
    if (!row) {
        taken.outcome = Outcome::refused;
        return std::nullopt;
    }
    if (row->device_state != "enrolled" && row->device_state != "locked") {
        taken.outcome = Outcome::refused;
        taken.gone = true;
        return std::nullopt;
    }
    return row;
}

bool keep_evidence(core::Tx& tx, const Batch& batch, std::uint64_t seq, const core::Hash& hash, core::ByteView bytes,
                   std::string_view reason) {
    return store::keep_disputed(tx, {batch.device, batch.header.epoch, batch.header.lane, seq, hash, bytes,
                                     std::string(reason), batch.frame.received});
}

void fork(core::Tx& tx, const Batch& batch, store::EpochRow& row, std::uint64_t seq, const core::Hash& hash,
          core::ByteView bytes) {
    keep_evidence(tx, batch, seq, hash, bytes, "fork");
    if (row.phase == store::EpochPhase::open) {
        row.phase = store::EpochPhase::frozen;
        store::set_phase(tx, row.device, row.epoch, row.phase);
    }
    open_case(tx, CaseKind::fork, batch.device, batch.header.epoch.hex(),
              {{"epoch", batch.header.epoch.hex()},
               {"lane", std::string(wire::name_of(batch.header.lane))},
               {"seq", std::to_string(seq)}},
              batch.frame.received);
}

void set_aside(core::Tx& tx, const Batch& batch, std::uint64_t seq, core::ByteView bytes, const std::string& reason) {
    store::quarantine(tx,
                      {batch.device, batch.frame.topic, batch.header.epoch, seq, reason, bytes, batch.frame.received});
    const std::string lane(wire::name_of(batch.header.lane));
    open_case(tx, CaseKind::poison, batch.device, batch.header.epoch.hex() + "|" + lane,
              {{"epoch", batch.header.epoch.hex()}, {"lane", lane}, {"seq", std::to_string(seq)}, {"reason", reason}},
              batch.frame.received);
}

}  // namespace plus7::central::ingest

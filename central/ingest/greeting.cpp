#include "central/ingest/greeting.hpp"

#include <algorithm>

#include "central/app/access/access.hpp"
#include "central/app/view/view.hpp"
#include "central/ingest/cases.hpp"
#include "central/ingest/epoch_gate.hpp"
#include "central/store/blob_store.hpp"
#include "central/store/connection_store.hpp"
#include "central/store/record_store.hpp"
#include "central/store/track_store.hpp"

namespace plus7::central::ingest {
namespace {

using store::EpochPhase;
using store::EpochRow;

class Greeter {
  public:
    Greeter(core::Tx& tx, const core::DeviceId& device, const wire::Hello& hello, core::TimeUs now)
        : tx_(tx), device_(device), hello_(hello), now_(now) {}

    std::optional<wire::Welcome> run() {
        connection_ = store::lock_connection(tx_, device_);  // before the epochs: greetings of a device queue up here
        if (!connection_ || (connection_->state != "enrolled" && connection_->state != "locked")) return std::nullopt;
        epochs_ = store::epochs_of(tx_, device_);
        epoch_ = store::lock_epoch(tx_, device_, hello_.epoch);
        if (!epoch_) open();
        const bool clone = note_boot();
        if (epoch_ && epoch_->phase == EpochPhase::open) {
            if (clone) move_to(*epoch_, EpochPhase::frozen);
            if (is_old_image()) seal_old_image();
        }
        return welcome();
    }

  private:
    // An epoch nobody has heard of: child of the nearest known ancestor; without one the device's own key vouches for
    // it.
    void open() {
        EpochRow child(device_, hello_.epoch);
        child.opened = now_;
        if (const auto* parent = known_ancestor()) {
            child.parent = parent->epoch;
            child.parent_upto = parent->fact_upto;
            child.parent_hash = parent->fact_hash;
            freeze_siblings(child);
        } else if (!connection_->record_key) {
            return;
        } else if (!epochs_.empty()) {
            open_case(tx_, CaseKind::new_epoch, device_, child.epoch.hex(), {{"epoch", child.epoch.hex()}}, now_);
        }
        for (auto& other : epochs_)  // one open epoch per device (I15)
            if (other.phase == EpochPhase::open) move_to(other, EpochPhase::sealed);
        store::insert_epoch(tx_, child);
        epoch_ = store::lock_epoch(tx_, device_, child.epoch);
    }

    const EpochRow* known_ancestor() {
        for (const auto& ancestor : hello_.ancestors) {
            const auto found = std::find_if(epochs_.begin(), epochs_.end(),
                                            [&](const EpochRow& row) { return row.epoch == ancestor; });
            if (found == epochs_.end()) continue;
            *found = *store::lock_epoch(tx_, device_, ancestor);  // the cut is where it stands with no batch under way
            return &*found;
        }
        return nullptr;
    }

    // Two children of one parent: one of them is a clone, or comes from an old image. Neither is believed further.
    void freeze_siblings(EpochRow& child) {
        for (auto& other : epochs_) {
            if (other.parent != child.parent) continue;
            child.phase = EpochPhase::frozen;
            if (other.phase == EpochPhase::open) move_to(other, EpochPhase::frozen);
        }
        if (child.phase != EpochPhase::frozen) return;
        open_case(tx_, CaseKind::clone, device_, child.parent->hex(),
                  {{"parent", child.parent->hex()}, {"second child", child.epoch.hex()}}, now_);
    }

    // True when boots alternate A-B-A-B over different connections: two machines take turns.
    bool note_boot() {
        constexpr int most_flips = 2;
        store::Greeting greeting;
        greeting.nonce = hello_.nonce;
        greeting.boot = hello_.boot;
        greeting.at = now_;
        greeting.boot_before = connection_->boot_before;
        greeting.boot_flips = connection_->boot_flips;
        if (const auto version = hello_.versions.find("agent"); version != hello_.versions.end())
            greeting.agent_version = version->second;
        if (connection_->boot && connection_->boot != hello_.boot && connection_->nonce != hello_.nonce) {
            greeting.boot_flips = connection_->boot_before == hello_.boot ? connection_->boot_flips + 1 : 0;
            greeting.boot_before = connection_->boot;
        }
        const bool clone = greeting.boot_flips >= most_flips;
        if (clone) {
            greeting.boot_flips = 0;
            open_case(tx_, CaseKind::clone, device_, "boots", {{"epoch", hello_.epoch.hex()}}, now_);
        }
        store::connected(tx_, device_, greeting);
        return clone;
    }

    // It was sent more than it says it ever had (D1 makes that impossible without an old image), or had something else.
    bool is_old_image() {
        if (epoch_->fact_upto > hello_.fact.max || epoch_->track_upto > hello_.track.max ||
            epoch_->blob_upto > hello_.blob.max)
            return true;
        const auto beyond = [](const std::vector<wire::SeqRange>& ranges, std::uint64_t max) {
            return !ranges.empty() && ranges.back().last > max;
        };
        if (beyond(tracks(), hello_.track.max) || beyond(blobs(), hello_.blob.max)) return true;
        const auto acked = hello_.fact.acked;
        if (acked == 0 || acked > epoch_->fact_upto) return false;
        if (acked == epoch_->fact_upto) return epoch_->fact_hash != hello_.fact.hash;
        const auto known = store::fact_hashes(tx_, device_, epoch_->epoch, acked, acked);
        return !known.empty() && known.begin()->second != hello_.fact.hash;
    }

    void seal_old_image() {
        move_to(*epoch_, EpochPhase::sealed);
        open_case(tx_, CaseKind::old_image, device_, epoch_->epoch.hex(), {{"epoch", epoch_->epoch.hex()}}, now_);
    }

    void move_to(EpochRow& row, EpochPhase phase) {
        row.phase = phase;
        store::set_phase(tx_, device_, row.epoch, phase);
    }

    std::vector<wire::SeqRange> tracks() const {
        return store::track_ranges(tx_, device_, epoch_->epoch, epoch_->track_upto);
    }
    std::vector<wire::SeqRange> blobs() const {
        return store::blob_ranges(tx_, device_, epoch_->epoch, epoch_->blob_upto);
    }

    wire::Welcome welcome() {
        wire::Welcome welcome;
        welcome.nonce = hello_.nonce;
        if (epoch_) {
            welcome.epoch_state = state_of(epoch_->phase);
            welcome.fact = {epoch_->fact_upto, epoch_->fact_hash};
            welcome.track = {epoch_->track_upto, tracks()};
            welcome.blob = {epoch_->blob_upto, blobs()};
        }
        app::access::retell(tx_, device_, now_);
        welcome.view_head = app::view::greet(tx_, device_, hello_.view);
        welcome.policy = store::policy_of(tx_, device_);
        welcome.policy.locked |= connection_->state == "locked";
        return welcome;
    }

    core::Tx& tx_;
    const core::DeviceId& device_;
    const wire::Hello& hello_;
    const core::TimeUs now_;
    std::optional<store::DeviceConnection> connection_;
    std::vector<EpochRow> epochs_;
    std::optional<EpochRow> epoch_;
};

}  // namespace

std::optional<wire::Welcome> greet(core::Tx& tx, const core::DeviceId& device, const wire::Hello& hello,
                                   core::TimeUs now) {
    return Greeter(tx, device, hello, now).run();
}

}  // namespace plus7::central::ingest

// The courier's work as this handheld knows it: tasks, parcels and sites of the view, and over them what was done here
// and central has not answered yet. Read anew each time; storage thread.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "agent/store/outbox.hpp"
#include "agent/store/own_acts.hpp"
#include "agent/store/own_money.hpp"
#include "agent/store/view_store.hpp"
#include "shared/core/geo.hpp"
#include "shared/crypto/handover_code.hpp"
#include "shared/wire/access_rows.hpp"

namespace plus7::agent::store {

struct WorkParcel {
    model::ParcelId id;
    model::OrderId order;
    std::uint32_t number = 1;
    std::vector<std::string> codes;
    std::string what;
    std::uint64_t version = 0;  // of its custody in the view
    model::Holder holder;       // as far as known here: own acts count at once
    std::vector<OwnAct> acts;   // own, oldest first

    // The newest own act that stands.
    const OwnAct* last_act() const;
};

struct WorkTask {
    model::OrderId order;
    std::string number, sender;
    std::uint64_t place = 0;
    std::optional<core::LatLon> where;
    std::optional<core::TimeMs> from, to;
    std::int64_t due_minor = 0;
    std::string due_currency;
    std::vector<model::ProofKind> proof;
    bool is_planned = false, is_cancelled = false;
    std::optional<model::HolderId> point;    // the pickup point that it goes to
    std::optional<core::TimeMs> keep_until;  // there
    // Empty when the handheld may not know them.
    std::string name, phone, address, entrance, floor, intercom, comment;
    std::vector<WorkParcel> parcels;  // by number
    std::vector<OwnMoney> money;      // taken here, oldest first

    std::int64_t paid_minor() const;     // of what stands, in the currency of the order
    const OwnMoney* last_money() const;  // the newest that stands
};

// How the recipient's code is checked here.
struct CodeCheck {
    crypto::CodeVerifier verifier;
    crypto::CommitKey key;
};

struct WorkSite {
    model::Holder holder;  // kind and id
    std::string name, address;
    std::optional<core::LatLon> where;
};

// A parcel's row as a colleague gave it; none for another row, or what cannot be read.
std::optional<WorkParcel> parcel_from(const std::pair<wire::RowKey, core::Bytes>& row);

class Work {
  public:
    Work(const ViewStore& view, const Outbox& outbox) : view_(view), outbox_(outbox) {}

    const ViewStore& view() const { return view_; }

    std::vector<WorkTask> tasks() const;  // in the order of the list; what was taken off it last
    std::optional<WorkTask> task(const model::OrderId& order) const;  // without its parcels
    std::vector<WorkSite> sites() const;
    std::vector<wire::LookEntry> looks() const;  // who looked at the courier's place, newest first
    std::optional<CodeCheck> code_check(const model::OrderId& order) const;
    // Also one that left the view: as far as its own acts tell.
    std::optional<WorkParcel> parcel(const model::ParcelId& id) const;
    std::vector<WorkParcel> with_code(std::string_view code) const;  // two senders may use the same
    // Acted upon here and gone from the view since: delivered, given on. Newest act first.
    std::vector<WorkParcel> done() const;
    // Also of an order that left the view.
    std::vector<OwnMoney> money(const model::OrderId& order) const;
    // What the handheld knows of an order and these parcels of it, to be given along with them.
    std::vector<std::pair<wire::RowKey, core::Bytes>> rows_of(const model::OrderId& order,
                                                              const std::vector<model::ParcelId>& parcels) const;
    // Notes of parcels and orders that are gone, of which central knows everything and that nobody asks for any more.
    std::vector<std::string> forgettable(core::TimeMs before) const;

  private:
    std::optional<WorkTask> read_task(const wire::ViewRow& row) const;
    std::vector<std::string> forgettable_money(core::TimeMs before) const;
    std::vector<WorkParcel> parcels() const;
    void lay_over(WorkParcel& parcel) const;

    const ViewStore& view_;
    const Outbox& outbox_;
};

}  // namespace plus7::agent::store

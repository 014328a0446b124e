#include "central/app/registries/order_plan.hpp"

#include <algorithm>

#include "central/app/tariffs/tariffs.hpp"
#include "central/store/custody_store.hpp"
#include "central/store/site_store.hpp"
#include "shared/core/word_list.hpp"

namespace plus7::central::app::registries {
namespace {

using Text = std::optional<std::string>;

Text senders_code(const store::ParcelRow& parcel) {
    return parcel.codes.size() > 1 ? Text(parcel.codes.back()) : std::nullopt;
}

bool has_code(const store::ParcelRow& parcel, const std::string& code) {
    return std::find(parcel.codes.begin(), parcel.codes.end(), code) != parcel.codes.end();
}

// As it is compared and stored: 1e-7 degrees.
bool same_place(const std::optional<core::LatLon>& a, const std::optional<core::LatLon>& b) {
    return store::lat_e7(a) == store::lat_e7(b) && store::lon_e7(a) == store::lon_e7(b);
}

// Compares what the file has columns for; the rest of the order stays as it is.
class TermsChange {
  public:
    TermsChange(const Columns& columns, const FileTerms& file, const store::OrderRow& order)
        : columns_(columns), file_(file), order_(order) {}

    bool into(orders::OrderChange& change) {
        recipient(change);
        // Who sent it to a pickup point decided later than the file did.
        if (!order_.point) address(change);
        // An empty place says nothing: the office may have found it.
        if (!order_.point && file_.where && !same_place(file_.where, order_.where)) set(change.where, file_.where);
        if (columns_.has(Column::slot_from) && file_.slot != order_.slot) set(change.slot, file_.slot);
        if (columns_.has(Column::due) && file_.due != order_.due) set(change.due, file_.due);
        // An empty proof says nothing: it is the tariff's, or what the office chose.
        if (file_.proof && core::word_list(*file_.proof) != order_.proof) set(change.proof, *file_.proof);
        return any_;
    }

  private:
    template <typename Member, typename Value>
    void set(std::optional<Member>& member, const Value& value) {
        member = Member(value);
        any_ = true;
    }
    Text either(Column column, const Text& from_file, const Text& from_order) const {
        return columns_.has(column) ? from_file : from_order;
    }
    void recipient(orders::OrderChange& change) {
        const auto phone = either(Column::phone, file_.phone, order_.phone);
        if (file_.recipient != order_.recipient || phone != order_.phone)
            set(change.recipient, orders::OrderChange::Recipient{file_.recipient, phone});
    }
    void address(orders::OrderChange& change) {
        const orders::OrderChange::Address wanted{
            file_.address, either(Column::entrance, file_.entrance, order_.entrance),
            either(Column::floor, file_.floor, order_.floor), either(Column::intercom, file_.intercom, order_.intercom),
            either(Column::comment, file_.comment, order_.comment)};
        if (wanted.text != order_.address || wanted.entrance != order_.entrance || wanted.floor != order_.floor ||
            wanted.intercom != order_.intercom || wanted.comment != order_.comment)
            set(change.address, wanted);
    }

    const Columns& columns_;
    const FileTerms& file_;
    const store::OrderRow& order_;
    bool any_ = false;
};

class Planner {
  public:
    Planner(core::Tx& tx, const std::string& sender, const RegistryFile& file, const FileOrder& order)
        : tx_(tx), sender_(sender), file_(file), order_(order) {}

    OrderPlan plan(std::optional<store::OrderLine> before) {
        plan_.before = std::move(before);
        if (plan_.before)
            compare();
        else
            for (const auto line : order_.lines) plan_.parcels.push_back({line, {}, {}});
        const bool changes = plan_.changes_terms || std::any_of(plan_.parcels.begin(), plan_.parcels.end(),
                                                                [](const auto& p) { return !p.before || p.after; });
        if (plan_.before && changes && store::is_over(plan_.before->status)) {
            plan_.faults.clear();
            for (const auto line : order_.lines) fault(line, "", "order_over", plan_.before->order.number);
        } else {
            check_codes();
            check_slot();
        }
        plan_.outcome = !plan_.faults.empty() ? Outcome::rejected
                        : !plan_.before       ? Outcome::created
                        : changes             ? Outcome::updated
                                              : Outcome::unchanged;
        if (plan_.outcome == Outcome::rejected) keep_back_others();
        return std::move(plan_);
    }

  private:
    const orders::NewParcel& parcel(std::size_t line) const { return file_.lines[line].parcel; }
    void fault(std::size_t line, const char* field, const char* code, std::string about = {}) {
        plan_.faults.push_back({line, {field, code, std::move(about)}});
    }

    void compare() {
        const auto& order = plan_.before->order;
        plan_.changes_terms = TermsChange(file_.columns, order_.terms, order).into(plan_.change);
        custody_ = store::custody_of_order(tx_, order.id);
        match(store::parcels_of(tx_, order.id));
        const bool joins =
            std::any_of(plan_.parcels.begin(), plan_.parcels.end(), [](const auto& p) { return !p.before; });
        if (joins && !takes_parcels()) fault(order_.lines.front(), "", "on_the_way", order.number);
        for (auto& one : plan_.parcels)
            if (one.before) compare_parcel(one);
    }

    // By barcode first; what is left stands in the same order here and there.
    void match(std::vector<store::ParcelRow> ours) {
        for (const auto line : order_.lines) plan_.parcels.push_back({line, {}, {}});
        const auto take = [&](OrderPlan::Parcel& one, auto fits) {
            const auto found = std::find_if(ours.begin(), ours.end(), fits);
            if (found == ours.end()) return;
            one.before = std::move(*found);
            ours.erase(found);
        };
        for (auto& one : plan_.parcels)
            if (const auto& code = parcel(one.line).code)
                take(one, [&](const store::ParcelRow& row) { return has_code(row, *code); });
        for (auto& one : plan_.parcels)
            if (!one.before) take(one, [](const store::ParcelRow&) { return true; });
        if (!ours.empty()) fault(order_.lines.front(), "", "fewer_parcels", plan_.before->order.number);
    }

    void compare_parcel(OrderPlan::Parcel& one) {
        const auto& told = parcel(one.line);
        auto after = *one.before;
        if (file_.columns.has(Column::what)) after.what = told.what;
        if (file_.columns.has(Column::weight_g) || file_.columns.has(Column::weight_kg)) after.weight_g = told.weight_g;
        const auto code = told.code && *told.code == after.codes.front() ? senders_code(after) : told.code;
        if (file_.columns.has(Column::barcode) && code != senders_code(after)) {
            if (is_in_hands(after.id)) fault(one.line, "barcode", "in_hands", plan_.before->order.number);
            after.codes.resize(1);
            if (code) after.codes.push_back(*code);
        }
        if (after.what != one.before->what || after.weight_g != one.before->weight_g ||
            after.codes != one.before->codes)
            one.after = std::move(after);
    }

    bool is_in_hands(const std::string& id) const {
        const auto row =
            std::find_if(custody_.begin(), custody_.end(), [&](const auto& one) { return one.parcel == id; });
        return row == custody_.end() || row->custody.holder.kind != model::HolderKind::seller;
    }
    bool takes_parcels() const {
        return std::all_of(custody_.begin(), custody_.end(), [](const store::CustodyRow& row) {
            return row.status == model::ParcelStatus::accepted || row.status == model::ParcelStatus::at_depot ||
                   row.status == model::ParcelStatus::assigned;
        });
    }

    // A barcode that would be new must not be one of another order of the sender.
    void check_codes() {
        const auto own = plan_.before ? plan_.before->order.id : std::string();
        for (const auto& one : plan_.parcels) {
            const auto& code = parcel(one.line).code;
            if (!code || (one.before && has_code(*one.before, *code))) continue;
            if (const auto other = store::find_number_by_code(tx_, sender_, *code, own))
                fault(one.line, "barcode", "taken", *other);
        }
    }

    // Where and when it would go must have a place left.
    void check_slot() {
        const auto& change = plan_.change;
        if (plan_.before && !change.where && !change.slot) return;
        const auto& terms = order_.terms;
        const auto where = !plan_.before ? terms.where : change.where.value_or(plan_.before->order.where);
        const auto slot = !plan_.before ? terms.slot : change.slot.value_or(plan_.before->order.slot);
        if (slot && !app::tariffs::has_room(tx_, where, *slot, plan_.before ? plan_.before->order.id : ""))
            fault(order_.lines.front(), "slot_from", "full");
    }

    void keep_back_others() {
        const auto wrong = plan_.faults.front().first;
        for (const auto line : order_.lines)
            if (std::none_of(plan_.faults.begin(), plan_.faults.end(),
                             [&](const auto& one) { return one.first == line; }))
                fault(line, "", "other_line", std::to_string(file_.lines[wrong].line));
    }

    core::Tx& tx_;
    const std::string& sender_;
    const RegistryFile& file_;
    const FileOrder& order_;
    std::vector<store::CustodyRow> custody_;
    OrderPlan plan_;
};

}  // namespace

std::string_view name_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::created:
            return "created";
        case Outcome::updated:
            return "updated";
        case Outcome::unchanged:
            return "unchanged";
        case Outcome::rejected:
            break;
    }
    return "rejected";
}

OrderPlan plan_order(core::Tx& tx, const std::string& sender, const RegistryFile& file, const FileOrder& order,
                     bool lock) {
    const auto row = store::find_order_by_ref(tx, sender, order.outer_ref);
    if (row && lock) store::lock_order(tx, row->id);
    return Planner(tx, sender, file, order).plan(row ? store::find_order_line(tx, row->id) : std::nullopt);
}

}  // namespace plus7::central::app::registries

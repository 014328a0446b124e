#include "central/app/couriers/couriers.hpp"

#include <algorithm>

#include "central/store/site_store.hpp"
#include "shared/core/uuid.hpp"
#include "shared/text/fold.hpp"

namespace plus7::central::app::couriers {
namespace {

core::Status check(const store::CourierRow& courier) {
    if (!is_name(courier.name)) return core::invalid("a courier's name has 1 to 100 characters");
    if (!is_code(courier.code)) return core::invalid("a courier's code has 1 to 12 of A-Z, 0-9 and the hyphen");
    if (courier.phone && !is_phone(*courier.phone)) return core::invalid("a phone is written as +79990000000");
    return {};
}

core::Status check_site(core::Tx& tx, const std::optional<std::string>& site) {
    if (!site) return {};
    const auto row = store::find_site(tx, *site);
    if (!row || !row->is_open) return core::invalid("site: no such depot or pickup point, or it is closed");
    return {};
}

core::Error taken() { return core::conflict("another courier has this code"); }

}  // namespace

bool is_name(std::string_view name) {
    return !text::fold(name).empty() && text::length(name) <= 100 && name.find('\0') == name.npos;
}

bool is_code(std::string_view code) {
    return !code.empty() && code.size() <= 12 && std::all_of(code.begin(), code.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    });
}

bool is_phone(std::string_view phone) {
    return phone.size() >= 3 && phone.size() <= 16 && phone[0] == '+' && phone[1] != '0' &&
           std::all_of(phone.begin() + 1, phone.end(), [](char c) { return c >= '0' && c <= '9'; });
}

core::Result<store::CourierRow> create(core::Tx& tx, const NewCourier& courier, core::TimeUs now) {
    store::CourierRow row;
    row.id = core::new_uuid_text(now);
    row.code = courier.code;
    row.name = courier.name;
    row.name_fold = text::fold(courier.name);
    row.phone = courier.phone;
    row.created = now;
    row.site = courier.site;
    if (auto good = check(row); !good) return good.error();
    if (auto good = check_site(tx, row.site); !good) return good.error();
    if (!store::insert_courier(tx, row)) return taken();
    return row;
}

core::Result<store::CourierRow> change(core::Tx& tx, const std::string& id, const CourierChange& change) {
    auto row = store::lock_courier(tx, id);
    if (!row) return core::not_found("no such courier");
    if (change.name) row->name = *change.name;
    if (change.code) row->code = *change.code;
    if (change.phone) row->phone = *change.phone;
    if (change.blocked) row->blocked = *change.blocked;
    if (change.site && *change.site != row->site) {
        if (auto good = check_site(tx, *change.site); !good) return good.error();
        row->site = *change.site;
    }
    row->name_fold = text::fold(row->name);
    if (auto good = check(*row); !good) return good.error();
    const auto holder = store::find_courier_by_code(tx, row->code);
    if (holder && holder->id != row->id) return taken();
    // Two at the same moment: the database decides.
    if (auto done = store::update_courier(tx, *row); !done)
        return done.error().kind == core::ErrorKind::conflict ? taken() : done.error();
    ++row->version;
    return *row;
}

std::string name_pattern(std::string_view typed) { return text::like_anywhere(text::fold(typed)); }

}  // namespace plus7::central::app::couriers

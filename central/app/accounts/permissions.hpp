// Who may do what: one table of role × permission, for the API, and later for the bot. Pure functions.
#pragma once
#include <array>
#include <string_view>

#include "central/app/accounts/roles.hpp"

namespace plus7::central::app::accounts {

enum class Permission : std::uint8_t {
    manage_staff,
    read_audit,
    see_couriers,   // list and cards, without places
    edit_couriers,  // create, edit, archive, give a device
    see_positions,  // live, track and events: every look is audited
    see_devices,
    manage_devices,  // create, enrol, lock, revoke
    cut_network,     // demo controls
    see_orders,      // orders, their parcels and stories, depots and points
    edit_orders,     // create, edit, call off
    plan_orders,     // who delivers what
    import_orders,   // by partners' files
    edit_sites,      // depots and points
    edit_tariffs,    // zones, slots, holidays, prices
    work_depot,      // scan parcels in, out and back
    correct_depot,   // open a closed registry again, take back a scan that is ten minutes old
    manage_tokens,   // API tokens and webhooks of shops
    manage_outbox,   // what could not be sent
    chat_couriers,   // read and write messages
};
inline constexpr std::array all_permissions{
    Permission::manage_staff,  Permission::read_audit,    Permission::see_couriers,   Permission::edit_couriers,
    Permission::see_positions, Permission::see_devices,   Permission::manage_devices, Permission::cut_network,
    Permission::see_orders,    Permission::edit_orders,   Permission::plan_orders,    Permission::edit_sites,
    Permission::work_depot,    Permission::correct_depot, Permission::manage_tokens,  Permission::manage_outbox,
    Permission::import_orders, Permission::chat_couriers, Permission::edit_tariffs};

std::string_view name_of(Permission permission);
bool allows(Roles roles, Permission permission);
// Roles that do nothing before a second factor is set up.
bool demands_second_factor(Roles roles);

}  // namespace plus7::central::app::accounts

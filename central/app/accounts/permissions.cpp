#include "central/app/accounts/permissions.hpp"

#include <algorithm>

namespace plus7::central::app::accounts {
namespace {

using R = Role;

struct Row {
    Permission permission;
    std::string_view name;
    Roles roles;  // besides admin, who may everything
};

// clang-format off
const std::array<Row, all_permissions.size()> table{{
    {Permission::manage_staff,   "manage_staff",   {}},
    {Permission::read_audit,     "read_audit",     {}},
    {Permission::see_couriers,   "see_couriers",   {R::dispatcher, R::operator_, R::analyst, R::depot}},
    {Permission::edit_couriers,  "edit_couriers",  {R::dispatcher}},
    {Permission::see_positions,  "see_positions",  {R::dispatcher, R::operator_, R::analyst, R::depot}},
    {Permission::see_devices,    "see_devices",    {R::dispatcher, R::depot}},
    {Permission::manage_devices, "manage_devices", {}},
    {Permission::cut_network,    "cut_network",    {R::dispatcher}},
    {Permission::see_orders,     "see_orders",     {R::dispatcher, R::operator_, R::depot}},
    {Permission::edit_orders,    "edit_orders",    {R::dispatcher, R::operator_}},
    {Permission::plan_orders,    "plan_orders",    {R::dispatcher}},
    {Permission::edit_sites,     "edit_sites",     {}},
    {Permission::edit_tariffs,   "edit_tariffs",   {}},
    {Permission::work_depot,     "work_depot",     {R::dispatcher, R::depot}},
    {Permission::correct_depot,  "correct_depot",  {R::dispatcher}},
    {Permission::manage_tokens,  "manage_tokens",  {}},
    {Permission::manage_outbox,  "manage_outbox",  {}},
    {Permission::import_orders,  "import_orders",  {R::dispatcher, R::operator_, R::depot}},
    {Permission::chat_couriers,  "chat_couriers",  {R::dispatcher, R::operator_, R::depot}},
}};
// clang-format on

const Row& row_of(Permission permission) {
    return *std::find_if(table.begin(), table.end(), [&](const Row& row) { return row.permission == permission; });
}

}  // namespace

std::string_view name_of(Permission permission) { return row_of(permission).name; }

bool allows(Roles roles, Permission permission) {
    if (roles.has(Role::admin)) return true;
    const auto own = roles.list();
    return std::any_of(own.begin(), own.end(), [&](Role role) { return row_of(permission).roles.has(role); });
}

bool demands_second_factor(Roles roles) { return roles.has(Role::admin); }

}  // namespace plus7::central::app::accounts

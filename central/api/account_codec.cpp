#include "central/api/account_codec.hpp"

namespace plus7::central::api {

using app::accounts::PasswordFault;

std::optional<app::accounts::Roles> maybe_roles(JsonBody& body, std::string_view member) {
    const auto names = body.maybe_texts(member, app::accounts::all_roles.size());
    if (!names) return std::nullopt;
    app::accounts::Roles roles;
    for (const auto& name : *names) {
        const auto role = app::accounts::role_of(name);
        if (!role) {
            body.fault(member, "unknown", "there is no such role");
            return std::nullopt;
        }
        roles.add(*role);
    }
    if (roles.empty()) {
        body.fault(member, "required", "at least one role");
        return std::nullopt;
    }
    return roles;
}

void check_password(JsonBody& body, std::string_view member, std::string_view password, std::string_view login) {
    switch (app::accounts::check_new_password(password, login)) {
        case PasswordFault::none:
            return;
        case PasswordFault::too_short:
            return body.fault(member, "too_short");
        case PasswordFault::too_long:
            return body.fault(member, "too_long");
        case PasswordFault::weak:
            return body.fault(member, "weak", "this one is guessed first");
    }
}

}  // namespace plus7::central::api

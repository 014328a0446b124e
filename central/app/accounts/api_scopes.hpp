// What an API token opens, as a set. A value.
#pragma once
#include <array>
#include <bitset>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plus7::central::app::accounts {

enum class Scope : std::uint8_t {
    orders_read,   // the sender's orders, their labels
    orders_write,  // make and call off; ask slots and price before
    orders_track,  // the recipient's link, with which the code for the courier is seen
    webhooks,      // where the sender is told of changes
};
inline constexpr std::array all_scopes{Scope::orders_read, Scope::orders_write, Scope::orders_track, Scope::webhooks};

std::string_view name_of(Scope scope);  // "orders:read"
std::optional<Scope> scope_of(std::string_view name);

class Scopes {
  public:
    static Scopes parse(std::string_view text);  // "orders:read,webhooks"; names of no scope are left out

    void add(Scope scope) { set_.set(static_cast<std::size_t>(scope)); }
    bool has(Scope scope) const { return set_.test(static_cast<std::size_t>(scope)); }
    bool empty() const { return set_.none(); }
    std::vector<Scope> list() const;  // in the order of all_scopes
    std::string text() const;
    bool operator==(const Scopes&) const = default;

  private:
    std::bitset<all_scopes.size()> set_;
};

}  // namespace plus7::central::app::accounts

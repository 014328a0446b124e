// Whose X-Forwarded-For is believed. Made once from the configuration; any thread.
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/result.hpp"

namespace plus7::http {

class TrustedProxies {
  public:
    TrustedProxies() = default;  // nobody
    // "127.0.0.1", "10.0.0.0/8", "::1", "fd00::/8"; invalid: names the entry that is no address or network.
    static core::Result<TrustedProxies> parse(const std::vector<std::string>& networks);

    bool trusts(std::string_view address) const;
    // The nearest address that is no trusted proxy: `peer` itself, or what the trusted chain of X-Forwarded-For values
    // (in the order received) says. Text that is no address ends the search: the last believable one is taken.
    std::string client_of(std::string_view peer, const std::vector<std::string_view>& forwarded_for) const;

  private:
    struct Network {
        std::array<unsigned char, 16> address{};  // IPv4 as ::ffff:a.b.c.d
        unsigned prefix = 128;
    };
    std::vector<Network> networks_;
};

}  // namespace plus7::http

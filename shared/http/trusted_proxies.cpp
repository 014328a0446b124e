#include "shared/http/trusted_proxies.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "shared/http/headers.hpp"

namespace plus7::http {
namespace {

using Address = std::array<unsigned char, 16>;

std::optional<Address> parse_address(std::string_view text, bool* is_v4 = nullptr) {
    const std::string terminated(text);
    Address address{};
    in_addr v4{};
    const bool four = inet_pton(AF_INET, terminated.c_str(), &v4) == 1;
    if (is_v4) *is_v4 = four;
    if (four) {
        address[10] = address[11] = 0xff;
        const auto host_order = ntohl(v4.s_addr);
        for (std::size_t i = 0; i < 4; ++i) address[12 + i] = static_cast<unsigned char>(host_order >> (24 - 8 * i));
        return address;
    }
    in6_addr v6{};
    if (inet_pton(AF_INET6, terminated.c_str(), &v6) != 1) return std::nullopt;
    std::copy_n(v6.s6_addr, 16, address.begin());
    return address;
}

bool same_prefix(const Address& a, const Address& b, unsigned bits) {
    for (unsigned bit = 0; bit < bits; ++bit) {
        const auto mask = static_cast<unsigned char>(0x80 >> (bit % 8));
        if ((a[bit / 8] & mask) != (b[bit / 8] & mask)) return false;
    }
    return true;
}

}  // namespace

core::Result<TrustedProxies> TrustedProxies::parse(const std::vector<std::string>& networks) {
    TrustedProxies proxies;
    for (const auto& text : networks) {
        const auto slash = text.find('/');
        bool is_v4 = false;
        const auto address = parse_address(std::string_view(text).substr(0, slash), &is_v4);
        const unsigned widest = is_v4 ? 32 : 128;
        unsigned prefix = widest;
        bool fits = address.has_value();
        if (slash != text.npos) {
            const char* last = text.data() + text.size();
            const auto [end, failed] = std::from_chars(text.data() + slash + 1, last, prefix);
            fits = fits && failed == std::errc{} && end == last && prefix <= widest;
        }
        if (!fits) return core::invalid("trusted proxy '" + text + "' is no address or network");
        proxies.networks_.push_back({*address, prefix + (is_v4 ? 96 : 0)});
    }
    return proxies;
}

bool TrustedProxies::trusts(std::string_view address) const {
    const auto parsed = parse_address(address);
    const auto covers = [&](const Network& network) { return same_prefix(*parsed, network.address, network.prefix); };
    return parsed && std::any_of(networks_.begin(), networks_.end(), covers);
}

std::string TrustedProxies::client_of(std::string_view peer, const std::vector<std::string_view>& forwarded_for) const {
    std::string_view client = peer;
    if (!trusts(peer)) return std::string(client);
    for (auto value = forwarded_for.rbegin(); value != forwarded_for.rend(); ++value) {
        const auto hops = list_items(*value);
        for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
            if (!parse_address(*hop)) return std::string(client);
            client = *hop;
            if (!trusts(client)) return std::string(client);
        }
    }
    return std::string(client);
}

}  // namespace plus7::http

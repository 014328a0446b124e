// Holders and facts for the tests of custody, in few words.
#pragma once
#include "shared/model/custody.hpp"

namespace plus7::test {

inline model::Holder holder(model::HolderKind kind, std::uint8_t number = 0) {
    model::Holder made{kind, {}};
    made.id.value[15] = number;
    return made;
}
inline const model::Holder seller = holder(model::HolderKind::seller);
inline const model::Holder depot = holder(model::HolderKind::depot, 1);
inline const model::Holder anna = holder(model::HolderKind::courier, 1);
inline const model::Holder boris = holder(model::HolderKind::courier, 2);
inline const model::Holder point = holder(model::HolderKind::point, 1);
inline const model::Holder customer = holder(model::HolderKind::customer);

inline core::EventId event(std::uint64_t number) {
    core::EventId made;
    for (int i = 0; i < 8; ++i) made.value[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    return made;
}
inline model::TransferId transfer(std::uint8_t number) {
    model::TransferId made;
    made.value[0] = number;
    return made;
}

// `knew`: the version that the source had seen.
inline model::Handover moved(std::uint64_t id, std::uint64_t knew, const model::Holder& from, const model::Holder& to,
                             const char* source = "one") {
    return {event(id), source, knew, from, to, model::Half::none, {}, model::Standing::good, model::Leg::delivery};
}
inline model::Handover half(std::uint64_t id, std::uint64_t knew, model::Half which, std::uint8_t number,
                            const model::Holder& from, const model::Holder& to) {
    const char* source = which == model::Half::give ? "giver" : "taker";
    return {event(id), source, knew, from, to, which, transfer(number), model::Standing::good, model::Leg::delivery};
}

// A parcel that went this way, each step known to all.
inline model::Custody way(std::initializer_list<model::Holder> holders) {
    model::Custody custody;
    auto from = seller;
    std::uint64_t id = 1000;
    for (const auto& to : holders) {
        model::apply(custody, moved(id++, custody.version, from, to, "way"));
        from = to;
    }
    return custody;
}

}  // namespace plus7::test

#include "central/demo/sites.hpp"

#include "central/app/orders/sites.hpp"

namespace plus7::central::demo {
namespace {

struct Sample {
    bool is_depot;
    const char* name;
    const char* address;
    core::LatLon where;  // on the sample map
};
constexpr Sample depot{true, "Склад «Останкино»", "ул. Академика Королёва, 15", {55.8222, 37.6120}};
constexpr Sample point{false, "Пункт «Звёздный»", "Звёздный бульвар, 10", {55.8146, 37.6269}};

core::Result<store::SiteRow> found_or_made(core::Tx& tx, const Sample& sample, core::TimeUs now) {
    for (auto& site : store::sites(tx))
        if (site.is_depot == sample.is_depot && site.is_open) return std::move(site);
    app::orders::SiteChange site;
    site.name = sample.name;
    site.address = sample.address;
    site.where = std::optional(sample.where);
    return app::orders::create_site(tx, sample.is_depot, site, now);
}

}  // namespace

core::Result<Sites> sites(core::Tx& tx, core::TimeUs now) {
    auto here = found_or_made(tx, depot, now);
    if (!here) return here.error();
    auto there = found_or_made(tx, point, now);
    if (!there) return there.error();
    return Sites{std::move(*here), std::move(*there)};
}

}  // namespace plus7::central::demo

// The resources of the field's side of the API, with what they need. Owned by the Api; made before the loop runs,
// outlives the workers.
#pragma once
#include "central/api/courier_routes.hpp"
#include "central/api/device_routes.hpp"
#include "central/api/enrolment_routes.hpp"
#include "central/api/event_routes.hpp"
#include "central/api/live_feed.hpp"
#include "central/api/order_routes.hpp"
#include "central/api/recipient_routes.hpp"
#include "central/api/site_routes.hpp"
#include "central/api/slot_routes.hpp"
#include "central/api/system_routes.hpp"
#include "central/api/tariff_routes.hpp"
#include "central/api/tile_routes.hpp"
#include "central/api/track_routes.hpp"
#include "central/api/zone_routes.hpp"

namespace plus7::central::api {

struct FieldDeps {
    app::devices::CertificateAuthority& authority;
    app::devices::DeviceGate& gate;
    app::devices::DeviceChanges& views;
    app::devices::DeviceChanges& changes;
    runtime::Loop& loop;
    runtime::Workers& workers;
    AgentPlaces places;
    MapSide map{};
    SystemSide system{};
};

struct FieldRoutes {
    FieldRoutes(const FieldSide& side, const FieldDeps& deps, TileRoutes map_tiles, const Idempotency& idempotency)
        : enrolment(side),
          devices(side, idempotency),
          couriers(side, idempotency),
          orders(side, idempotency),
          sites(side, idempotency),
          zones(side.db),
          slots(side.db, idempotency),
          tariffs(side.db, idempotency),
          recipient(side.db),
          events(side.db),
          tracks(side.db),
          live(side, deps.loop, deps.workers),
          tiles(std::move(map_tiles)),
          system(side.db, deps.system) {}

    EnrolmentRoutes enrolment;
    DeviceRoutes devices;
    CourierRoutes couriers;
    OrderRoutes orders;
    SiteRoutes sites;
    ZoneRoutes zones;
    SlotRoutes slots;
    TariffRoutes tariffs;
    RecipientRoutes recipient;
    EventRoutes events;
    TrackRoutes tracks;
    LiveFeed live;
    TileRoutes tiles;
    SystemRoutes system;
};

}  // namespace plus7::central::api

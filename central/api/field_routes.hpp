// The resources of the field's side of the API, with what they need. Owned by the Api; made before the loop runs,
// outlives the workers.
#pragma once
#include "central/api/badge_routes.hpp"
#include "central/api/bag_routes.hpp"
#include "central/api/board_routes.hpp"
#include "central/api/chat_routes.hpp"
#include "central/api/courier_routes.hpp"
#include "central/api/depot_routes.hpp"
#include "central/api/device_routes.hpp"
#include "central/api/enrolment_routes.hpp"
#include "central/api/event_routes.hpp"
#include "central/api/live_feed.hpp"
#include "central/api/map_pack_routes.hpp"
#include "central/api/order_routes.hpp"
#include "central/api/outbox_routes.hpp"
#include "central/api/parcel_routes.hpp"
#include "central/api/recipient_routes.hpp"
#include "central/api/registry_routes.hpp"
#include "central/api/site_routes.hpp"
#include "central/api/slot_routes.hpp"
#include "central/api/system_routes.hpp"
#include "central/api/tariff_routes.hpp"
#include "central/api/tile_routes.hpp"
#include "central/api/token_routes.hpp"
#include "central/api/track_routes.hpp"
#include "central/api/trip_routes.hpp"
#include "central/api/webhook_routes.hpp"
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
    WebhookSide webhooks{};
    const crypto::SigningKey* sign_key = nullptr;  // central-sign; always set
};

struct FieldRoutes {
    FieldRoutes(const FieldSide& side, const FieldDeps& deps, TileRoutes map_tiles, const Idempotency& idempotency,
                const crypto::SecretKey& server_key)
        : enrolment(side),
          devices(side, idempotency),
          couriers(side, idempotency),
          chats(side, idempotency),
          badges(side, idempotency),
          orders(side, idempotency),
          parcels(side, *deps.sign_key),
          board(side),
          sites(side, idempotency),
          zones(side.db),
          slots(side.db, idempotency),
          tariffs(side.db, idempotency),
          depots(side, idempotency),
          bags(side, idempotency),
          trips(side, idempotency),
          registries(side, deps.workers, idempotency),
          recipient(side.db),
          events(side.db),
          tracks(side.db),
          live(side, deps.loop, deps.workers),
          tiles(std::move(map_tiles)),
          map_packs(side, deps.map),
          tokens(side.db, idempotency),
          webhooks(side.db, idempotency, server_key, deps.webhooks),
          outbox(side.db),
          system(side.db, deps.system) {}

    EnrolmentRoutes enrolment;
    DeviceRoutes devices;
    CourierRoutes couriers;
    ChatRoutes chats;
    BadgeRoutes badges;
    OrderRoutes orders;
    ParcelRoutes parcels;
    BoardRoutes board;
    SiteRoutes sites;
    ZoneRoutes zones;
    SlotRoutes slots;
    TariffRoutes tariffs;
    DepotRoutes depots;
    BagRoutes bags;
    TripRoutes trips;
    RegistryRoutes registries;
    RecipientRoutes recipient;
    EventRoutes events;
    TrackRoutes tracks;
    LiveFeed live;
    TileRoutes tiles;
    MapPackRoutes map_packs;
    TokenRoutes tokens;
    WebhookRoutes webhooks;
    OutboxRoutes outbox;
    SystemRoutes system;
};

}  // namespace plus7::central::api

#include "central/api/routes.hpp"

#include "central/api/audit_routes.hpp"
#include "central/api/field_routes.hpp"
#include "central/api/me_routes.hpp"
#include "central/api/probe_routes.hpp"
#include "central/api/session_routes.hpp"
#include "central/api/staff_routes.hpp"

namespace plus7::central::api {
namespace {

ApiRoute live_route(LiveFeed& live) {
    ApiRoute route{http::Method::get, "/api/v1/live", access::may(app::accounts::Permission::see_positions),
                   to(live, &LiveFeed::snapshot)};
    route.upgrade = [&live](const Call& call) { return live.open(call); };
    return route;
}

// The depot's floor.
std::vector<ApiRoute> depot_routes(DepotRoutes& d) {
    using enum http::Method;
    using namespace access;
    using enum app::accounts::Permission;
    using Depots = DepotRoutes;
    const std::string at = "/api/v1/depots/{id}";
    const auto registry = at + "/registries/{registry}", courier = at + "/couriers/{courier}";
    // clang-format off
    return {
        {get,   at + "/registries",           may(work_depot),     to(d, &Depots::registries)},
        {get,   registry,                     may(work_depot),     to(d, &Depots::registry)},
        {get,   registry + "/act",            may(work_depot),     to(d, &Depots::act)},
        {post,  registry + "/close",          may(work_depot),     to(d, &Depots::close_registry)},
        {post,  registry + "/reopen",         may(correct_depot),  to(d, &Depots::reopen_registry)},
        {post,  at + "/intake/scan",          may(work_depot),     to(d, &Depots::intake_scan)},
        {post,  at + "/intake/damage",        may(work_depot),     to(d, &Depots::intake_damage)},
        {get,   at + "/couriers",             may(work_depot),     to(d, &Depots::couriers)},
        {get,   courier + "/handout",         may(work_depot),     to(d, &Depots::handout)},
        {post,  courier + "/handout/scan",    may(work_depot),     to(d, &Depots::handout_scan)},
        {get,   courier + "/handout/list",    may(work_depot),     to(d, &Depots::handout_list)},
        {get,   courier + "/return",          may(work_depot),     to(d, &Depots::returns)},
        {post,  courier + "/return/scan",     may(work_depot),     to(d, &Depots::return_scan)},
        {post,  courier + "/return/close",    may(work_depot),     to(d, &Depots::close_return)},
        {get,   at + "/counts",               may(work_depot),     to(d, &Depots::counts)},
        {get,   at + "/counts/{count}",       may(work_depot),     to(d, &Depots::count)},
        {post,  at + "/undo",                 may(work_depot),     to(d, &Depots::undo)},
    };
    // clang-format on
}

// Sorting, bags and line haul.
std::vector<ApiRoute> haul_routes(BagRoutes& b, TripRoutes& t) {
    using enum http::Method;
    using namespace access;
    using enum app::accounts::Permission;
    using Bags = BagRoutes;
    using Trips = TripRoutes;
    const std::string at = "/api/v1/depots/{id}";
    // clang-format off
    return {
        {get,   at + "/bins",                  may(work_depot),     to(b, &Bags::bins)},
        {post,  at + "/cells",                 may(work_depot),     to(b, &Bags::name_cell)},
        {post,  at + "/sort/scan",             may(work_depot),     to(b, &Bags::sort_scan)},
        {get,   at + "/bags",                  may(work_depot),     to(b, &Bags::bags)},
        {post,  at + "/bags",                  may(work_depot),     to(b, &Bags::open)},
        {get,   at + "/bags/{bag}",            may(work_depot),     to(b, &Bags::bag)},
        {post,  at + "/bags/{bag}/scan",       may(work_depot),     to(b, &Bags::scan)},
        {post,  at + "/bags/{bag}/out",        may(work_depot),     to(b, &Bags::take_out)},
        {post,  at + "/bags/{bag}/close",      may(work_depot),     to(b, &Bags::close)},
        {post,  at + "/bags/{bag}/reopen",     may(work_depot),     to(b, &Bags::reopen)},
        {get,   at + "/bags/{bag}/label",      may(work_depot),     to(b, &Bags::label)},
        {get,   at + "/bags/{bag}/list",       may(work_depot),     to(b, &Bags::list)},
        {get,   at + "/trips",                 may(work_depot),     to(t, &Trips::trips)},
        {post,  at + "/trips",                 may(work_depot),     to(t, &Trips::open)},
        {get,   at + "/trips/{trip}",          may(work_depot),     to(t, &Trips::trip)},
        {post,  at + "/trips/{trip}/load",     may(work_depot),     to(t, &Trips::load)},
        {post,  at + "/trips/{trip}/depart",   may(work_depot),     to(t, &Trips::depart)},
        {post,  at + "/trips/{trip}/unload",   may(work_depot),     to(t, &Trips::unload)},
        {post,  at + "/trips/{trip}/close",    may(work_depot),     to(t, &Trips::close)},
        {get,   at + "/trips/{trip}/list",     may(work_depot),     to(t, &Trips::list)},
        {get,   at + "/trips/{trip}/act",      may(work_depot),     to(t, &Trips::act)},
    };
    // clang-format on
}

std::vector<ApiRoute> field_routes(FieldRoutes& f) {
    using enum http::Method;
    using namespace access;
    using enum app::accounts::Permission;
    using Badges = BadgeRoutes;
    using Board = BoardRoutes;
    using Couriers = CourierRoutes;
    using Devices = DeviceRoutes;
    using Events = EventRoutes;
    using Orders = OrderRoutes;
    using Parcels = ParcelRoutes;
    using Sites = SiteRoutes;
    using Slots = SlotRoutes;
    using Tariffs = TariffRoutes;
    using Registries = RegistryRoutes;
    constexpr auto file = RegistryRoutes::file_limit;
    constexpr auto drawn = ZoneRoutes::most_import;
    using Tiles = TileRoutes;
    using Zones = ZoneRoutes;
    using Enrolment = EnrolmentRoutes;
    using Tokens = TokenRoutes;
    using Webhooks = WebhookRoutes;
    using Outbox = OutboxRoutes;
    using app::accounts::Scope;
    // clang-format off
    return {
        {get,   "/api/v1/couriers",                may(see_couriers),   to(f.couriers, &Couriers::list)},
        {post,  "/api/v1/couriers",                may(edit_couriers),  to(f.couriers, &Couriers::create)},
        {get,   "/api/v1/couriers/{id}",           may(see_couriers),   to(f.couriers, &Couriers::show)},
        {patch, "/api/v1/couriers/{id}",           may(edit_couriers),  to(f.couriers, &Couriers::edit)},
        {put,   "/api/v1/couriers/{id}/device",    may(edit_couriers),  to(f.couriers, &Couriers::bind)},
        {del,   "/api/v1/couriers/{id}/device",    may(edit_couriers),  to(f.couriers, &Couriers::unbind)},
        {post,  "/api/v1/couriers/{id}/badge",     may(edit_couriers),  to(f.badges, &Badges::make)},
        {del,   "/api/v1/couriers/{id}/badge",     may(edit_couriers),  to(f.badges, &Badges::remove)},
        {post,  "/api/v1/couriers/{id}/pin",       may(edit_couriers),  to(f.badges, &Badges::new_pin)},
        {get,   "/api/v1/couriers/{id}/events",    may(see_positions),  to(f.events, &Events::of_courier)},
        {get,   "/api/v1/couriers/{id}/track",     may(see_positions),  to(f.tracks, &TrackRoutes::show)},

        {get,   "/api/v1/couriers/{id}/chat",      may(chat_couriers),  to(f.chats, &ChatRoutes::show)},
        {post,  "/api/v1/couriers/{id}/chat",      may(chat_couriers),  to(f.chats, &ChatRoutes::send)},
        {post,  "/api/v1/couriers/{id}/chat/read", may(chat_couriers),  to(f.chats, &ChatRoutes::read)},
        {get,   "/api/v1/chats",                   may(chat_couriers),  to(f.chats, &ChatRoutes::list)},

        {get,   "/api/v1/devices",                 may(see_devices),    to(f.devices, &Devices::list)},
        {post,  "/api/v1/devices",                 may(manage_devices), to(f.devices, &Devices::create)},
        {get,   "/api/v1/devices/{id}",            may(see_devices),    to(f.devices, &Devices::show)},
        {patch, "/api/v1/devices/{id}",            may(manage_devices), to(f.devices, &Devices::edit)},
        {post,  "/api/v1/devices/{id}/enrolment",  may(manage_devices), to(f.devices, &Devices::new_token)},
        {post,  "/api/v1/devices/{id}/lock",       may(manage_devices), to(f.devices, &Devices::lock)},
        {post,  "/api/v1/devices/{id}/unlock",     may(manage_devices), to(f.devices, &Devices::unlock)},
        {post,  "/api/v1/devices/{id}/wipe",       may(manage_devices), to(f.devices, &Devices::wipe)},
        {post,  "/api/v1/devices/{id}/revoke",     may(manage_devices), to(f.devices, &Devices::revoke)},
        {get,   "/api/v1/devices/{id}/events",     may(see_devices),    to(f.events, &Events::of_device)},

        {get,   "/api/v1/orders",                  may(see_orders, Scope::orders_read),   to(f.orders, &Orders::list)},
        {post,  "/api/v1/orders",                  may(edit_orders, Scope::orders_write), to(f.orders, &Orders::create)},
        {post,  "/api/v1/orders/plan",             may(plan_orders),    to(f.board, &Board::plan)},
        {post,  "/api/v1/orders/fix",              may(plan_orders),    to(f.board, &Board::fix)},
        {get,   "/api/v1/board",                   may(see_orders),     to(f.board, &Board::show)},
        {get,   "/api/v1/orders/{id}",             may(see_orders, Scope::orders_read),   to(f.orders, &Orders::show)},
        {patch, "/api/v1/orders/{id}",             may(edit_orders),    to(f.orders, &Orders::edit)},
        {post,  "/api/v1/orders/{id}/code",        may(edit_orders),    to(f.orders, &Orders::renew_code)},
        {post,  "/api/v1/orders/{id}/cancel",      may(edit_orders, Scope::orders_write), to(f.orders, &Orders::cancel)},
        {get,   "/api/v1/orders/{id}/labels",      may(see_orders, Scope::orders_read),   to(f.orders, &Orders::labels)},
        {get,   "/api/v1/parcels/{id}/custody.p7custody", may(see_orders), to(f.parcels, &Parcels::custody_file)},
        {get,   "/api/v1/parcels/{id}/custody.pdf", may(see_orders),    to(f.parcels, &Parcels::custody_paper)},
        {get,   "/api/v1/sites",                   may(see_orders),     to(f.sites, &Sites::list)},
        {post,  "/api/v1/sites",                   may(edit_sites),     to(f.sites, &Sites::create)},
        {patch, "/api/v1/sites/{id}",              may(edit_sites),     to(f.sites, &Sites::edit)},

        {get,   "/api/v1/zones",                   may(see_orders),     to(f.zones, &Zones::list)},
        {post,  "/api/v1/zones/import",            may(edit_tariffs),   to(f.zones, &Zones::import), {}, drawn},
        {get,   "/api/v1/zones/export",            may(see_orders),     to(f.zones, &Zones::geojson)},
        {patch, "/api/v1/zones/{id}",              may(edit_tariffs),   to(f.zones, &Zones::edit)},
        {get,   "/api/v1/slots",                   may(see_orders, Scope::orders_write),  to(f.slots, &Slots::offered)},
        {get,   "/api/v1/slot-rules",              may(see_orders),     to(f.slots, &Slots::list)},
        {post,  "/api/v1/slot-rules",              may(edit_tariffs),   to(f.slots, &Slots::create)},
        {patch, "/api/v1/slot-rules/{id}",         may(edit_tariffs),   to(f.slots, &Slots::edit)},
        {post,  "/api/v1/holidays",                may(edit_tariffs),   to(f.slots, &Slots::add_holiday)},
        {del,   "/api/v1/holidays/{id}",           may(edit_tariffs),   to(f.slots, &Slots::remove_holiday)},
        {get,   "/api/v1/tariffs",                 may(see_orders),     to(f.tariffs, &Tariffs::list)},
        {post,  "/api/v1/tariffs",                 may(edit_tariffs),   to(f.tariffs, &Tariffs::create)},
        {patch, "/api/v1/tariffs/{id}",            may(edit_tariffs),   to(f.tariffs, &Tariffs::edit)},
        {post,  "/api/v1/price",                   may(see_orders, Scope::orders_write),  to(f.tariffs, &Tariffs::price)},
        {get,   "/api/v1/tokens",                  may(manage_tokens),  to(f.tokens, &Tokens::list)},
        {post,  "/api/v1/tokens",                  may(manage_tokens),  to(f.tokens, &Tokens::create)},
        {post,  "/api/v1/tokens/{id}/revoke",      may(manage_tokens),  to(f.tokens, &Tokens::revoke)},
        {get,   "/api/v1/webhooks",                may(manage_tokens, Scope::webhooks),   to(f.webhooks, &Webhooks::list)},
        {post,  "/api/v1/webhooks",                may(manage_tokens, Scope::webhooks),   to(f.webhooks, &Webhooks::create)},
        {patch, "/api/v1/webhooks/{id}",           may(manage_tokens, Scope::webhooks),   to(f.webhooks, &Webhooks::edit)},
        {del,   "/api/v1/webhooks/{id}",           may(manage_tokens, Scope::webhooks),   to(f.webhooks, &Webhooks::remove)},
        {post,  "/api/v1/webhooks/{id}/test",      may(manage_tokens, Scope::webhooks),   to(f.webhooks, &Webhooks::test)},
        {get,   "/api/v1/outbox/dead",             may(manage_outbox),  to(f.outbox, &Outbox::dead)},
        {post,  "/api/v1/outbox/{id}/again",       may(manage_outbox),  to(f.outbox, &Outbox::again)},
        {del,   "/api/v1/outbox/{id}",             may(manage_outbox),  to(f.outbox, &Outbox::drop)},

        {get,   "/api/v1/registries",              may(see_orders),     to(f.registries, &Registries::list)},
        {post,  "/api/v1/registries",              may(import_orders),  to(f.registries, &Registries::import), {}, file},
        {post,  "/api/v1/registries/preview",      may(import_orders),  to(f.registries, &Registries::preview), {}, file},
        {get,   "/api/v1/registries/template.csv", may(see_orders),     to(f.registries, &Registries::sample)},
        {get,   "/api/v1/registries/{id}",         may(see_orders),     to(f.registries, &Registries::show)},
        {get,   "/api/v1/registries/{id}/lines",   may(see_orders),     to(f.registries, &Registries::lines)},
        {get,   "/api/v1/registries/{id}/rejected", may(see_orders),    to(f.registries, &Registries::rejected)},
        {get,   "/api/v1/registries/{id}/rejected.csv", may(see_orders), to(f.registries, &Registries::rejected_file)},

        {get,   "/t/page.css",                     anyone,              to(f.recipient, &RecipientRoutes::style)},
        {get,   "/t/{token}",                      anyone,              to(f.recipient, &RecipientRoutes::page)},

        live_route(f.live),

        {get,   "/api/v1/health",                  signed_in,           to(f.system, &SystemRoutes::health)},
        {get,   "/api/v1/map",                     signed_in,           to(f.tiles, &Tiles::map)},
        {post,  "/api/v1/demo/couriers/{id}/cut",  may(cut_network),    to(f.system, &SystemRoutes::cut)},
        {get,   "/tiles/metadata.json",            signed_in,           to(f.tiles, &Tiles::metadata)},
        {get,   "/tiles/{z}/{x}/{y}.mvt",          signed_in,           to(f.tiles, &Tiles::tile)},
        {get,   "/basemap/{file}",                 signed_in,           to(f.tiles, &Tiles::basemap)},

        {post,  "/enrol/start",                    agent,               to(f.enrolment, &Enrolment::start)},
        {post,  "/enrol/finish",                   agent,               to(f.enrolment, &Enrolment::finish)},
        {post,  "/device/renew",                   agent,               to(f.enrolment, &Enrolment::renew)},
        {post,  "/device/map",                     agent,               to(f.map_packs, &MapPackRoutes::pack)},
    };
    // clang-format on
}

}  // namespace

std::vector<ApiRoute> routes(const Resources& r) {
    using enum http::Method;
    using namespace access;
    using enum app::accounts::Permission;
    using Session = SessionRoutes;
    using Me = MeRoutes;
    using Staff = StaffRoutes;
    using Audit = AuditRoutes;
    using Probes = ProbeRoutes;
    // clang-format off
    std::vector<ApiRoute> table{
        {post,  "/api/v1/session",                 anyone,             to(r.session, &Session::sign_in)},
        {del,   "/api/v1/session",                 own_account,        to(r.session, &Session::sign_out)},
        {post,  "/api/v1/session/totp",            code,               to(r.session, &Session::give_code)},
        {get,   "/api/v1/setup",                   anyone,             to(r.session, &Session::setup_state)},
        {post,  "/api/v1/setup",                   anyone,             to(r.session, &Session::set_up)},
        {post,  "/api/v1/invitation/look",         anyone,             to(r.session, &Session::look_at_invitation)},
        {post,  "/api/v1/invitation/accept",       anyone,             to(r.session, &Session::accept_invitation)},

        {get,   "/api/v1/me",                      own_account,        to(r.me, &Me::show)},
        {patch, "/api/v1/me",                      own_account,        to(r.me, &Me::edit)},
        {post,  "/api/v1/me/password",             signed_in,          to(r.me, &Me::change_password)},
        {post,  "/api/v1/me/totp",                 own_account,        to(r.me, &Me::start_factor)},
        {del,   "/api/v1/me/totp",                 signed_in,          to(r.me, &Me::remove_factor)},
        {post,  "/api/v1/me/totp/confirm",         own_account,        to(r.me, &Me::confirm_factor)},
        {get,   "/api/v1/me/sessions",             signed_in,          to(r.me, &Me::sessions)},
        {del,   "/api/v1/me/sessions",             signed_in,          to(r.me, &Me::end_other_sessions)},
        {del,   "/api/v1/me/sessions/{id}",        signed_in,          to(r.me, &Me::end_session)},

        {get,   "/api/v1/staff",                   may(manage_staff),  to(r.staff, &Staff::list)},
        {post,  "/api/v1/staff",                   may(manage_staff),  to(r.staff, &Staff::invite)},
        {get,   "/api/v1/staff/{id}",              may(manage_staff),  to(r.staff, &Staff::show)},
        {patch, "/api/v1/staff/{id}",              may(manage_staff),  to(r.staff, &Staff::edit)},
        {post,  "/api/v1/staff/{id}/invitation",   may(manage_staff),  to(r.staff, &Staff::invite_again)},
        {del,   "/api/v1/staff/{id}/sessions",     may(manage_staff),  to(r.staff, &Staff::end_sessions)},
        {del,   "/api/v1/staff/{id}/totp",         may(manage_staff),  to(r.staff, &Staff::reset_factor)},

        {get,   "/api/v1/audit",                   may(read_audit),    to(r.audit, &Audit::list)},

        {get,   "/healthz",                        anyone,             to(r.probes, &Probes::alive)},
        {get,   "/readyz",                         anyone,             to(r.probes, &Probes::ready)},
        {get,   "/metrics",                        local,              to(r.probes, &Probes::figures)},
    };
    // clang-format on
    if (r.field) {
        for (auto& route : field_routes(*r.field)) table.push_back(std::move(route));
        for (auto& route : depot_routes(r.field->depots)) table.push_back(std::move(route));
        for (auto& route : haul_routes(r.field->bags, r.field->trips)) table.push_back(std::move(route));
    }
    return table;
}

}  // namespace plus7::central::api

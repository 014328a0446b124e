#include "central/app/accounts/sessions.hpp"

#include "central/app/accounts/permissions.hpp"
#include "central/store/rate_store.hpp"
#include "central/store/session_store.hpp"
#include "shared/core/uuid.hpp"
#include "shared/crypto/token.hpp"
#include "shared/text/fold.hpp"

namespace plus7::central::app::accounts {
namespace {

using namespace std::chrono_literals;

constexpr auto code_within = 10min;
constexpr auto touch_every = 1min;
constexpr std::size_t agent_length = 200;  // characters; api/openapi/me.yaml

bool is_open(const store::SessionRow& session, core::TimeUs now) {
    return now < session.expires && now < session.seen + session_sliding;
}

Session session_of(const store::SessionRow& row, const store::StaffRow& staff) {
    Session session;
    session.id = row.session_id;
    session.staff_id = staff.staff_id;
    session.login = staff.login;
    session.name = staff.name;
    session.language = staff.language;
    session.csrf = row.csrf;
    session.roles = Roles::parse(staff.roles);
    session.totp = staff.totp_secret.has_value();
    const bool must_enrol = !session.totp && demands_second_factor(session.roles);
    session.stage = row.pending ? Stage::code : must_enrol ? Stage::enrol : Stage::done;
    session.created = row.created;
    session.seen = row.seen;
    session.expires = std::min(row.expires, row.seen + session_sliding);
    session.address = row.address;
    session.agent = row.agent;
    return session;
}

}  // namespace

OpenedSession open_session(core::Tx& tx, const store::StaffRow& staff, const Visitor& visitor, bool code_given,
                           core::TimeUs now) {
    const auto token = crypto::random_token();
    store::SessionRow row;
    row.token = token.hash;
    row.session_id = core::new_uuid_text(now);
    row.staff_id = staff.staff_id;
    row.pending = staff.totp_secret.has_value() && !code_given;
    row.csrf = crypto::random_token(crypto::TokenBits::b128).text;
    row.created = row.seen = now;
    row.expires = now + (row.pending ? core::TimeUs::duration{code_within} : core::TimeUs::duration{session_absolute});
    row.address = visitor.address;
    row.agent = text::cut(visitor.agent, agent_length);
    store::insert_session(tx, row);
    const auto session = session_of(row, staff);
    if (session.stage != Stage::code) {
        store::set_staff_seen(tx, staff.staff_id, now);
        audit::record(tx,
                      {audit::staff_actor(staff.staff_id, visitor.address), "session.opened",
                       audit::Subject{audit::SubjectKind::session, row.session_id}},
                      now);
    }
    return {token.text, staff.staff_id, session.stage};
}

std::optional<Session> find_session(core::Tx& tx, std::string_view token, core::TimeUs now) {
    const auto row = store::find_session(tx, crypto::token_hash(token));
    if (!row || !is_open(*row, now)) return std::nullopt;
    const auto staff = store::find_staff(tx, row->staff_id);
    if (!staff || staff->state != "active") return std::nullopt;
    return session_of(*row, *staff);
}

bool wants_touch(const Session& session, core::TimeUs now) {
    return session.stage != Stage::code && now - session.seen >= touch_every;
}

void touch_session(core::Tx& tx, const Session& session, core::TimeUs now) {
    store::set_session_seen(tx, session.id, now);
    store::set_staff_seen(tx, session.staff_id, now);
}

std::vector<Session> open_sessions(core::Tx& tx, const std::string& staff_id, core::TimeUs now) {
    std::vector<Session> all;
    const auto staff = store::find_staff(tx, staff_id);
    if (!staff) return all;
    for (const auto& row : store::sessions_of(tx, staff_id))
        if (is_open(row, now) && !row.pending) all.push_back(session_of(row, *staff));
    return all;
}

core::Status end_session(core::Tx& tx, const audit::Actor& by, const std::string& staff_id,
                         const std::string& session_id, core::TimeUs now) {
    if (!store::delete_session(tx, staff_id, session_id)) return core::not_found("this session has ended already");
    audit::record(tx, {by, "session.ended", audit::Subject{audit::SubjectKind::session, session_id}}, now);
    return {};
}

void end_sessions(core::Tx& tx, const audit::Actor& by, const std::string& staff_id, const std::string& except,
                  core::TimeUs now) {
    const auto ended = store::delete_sessions(tx, staff_id, except);
    if (ended == 0) return;
    audit::record(tx,
                  {by,
                   "session.ended",
                   audit::Subject{audit::SubjectKind::staff, staff_id},
                   {{"sessions", std::to_string(ended)}}},
                  now);
}

void forget_expired(core::Tx& tx, core::TimeUs now) {
    store::forget_sessions(tx, now, now - session_sliding);
    store::forget_links(tx, now - 24h * 30);  // for a month a dead link is told from an unknown one
    store::forget_tries(tx, now - 24h);
    store::forget_position_looks(tx, now - 24h);
}

}  // namespace plus7::central::app::accounts

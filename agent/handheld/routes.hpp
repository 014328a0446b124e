// THE table of the control socket: what the command line, and a person with curl, may ask of the running agent.
// Handlers run on the storage thread and answer only after COMMIT.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "agent/handheld/custody_file.hpp"
#include "agent/handheld/status.hpp"
#include "agent/store/blob_store.hpp"
#include "shared/http/router.hpp"

namespace plus7::agent::app {
class Chat;
class Codes;
class Floor;
class Money;
class Parcels;
class Scanning;
class Shift;
class Stamps;
class SignIn;
class Transfers;
}  // namespace plus7::agent::app

namespace plus7::agent::handheld {

struct Desk {  // what the routes work with; must outlive the router
    app::Scanning& scanning;
    app::Shift& shift;
    app::SignIn& sign_in;
    app::Parcels& parcels;
    app::Transfers& transfers;
    app::Codes& codes;
    app::Money& money;
    app::Chat& chat;
    app::Floor& floor;
    const app::Stamps& stamps;
    store::BlobStore& blobs;
    std::function<Status()> status;
    std::function<std::unique_ptr<CustodyFile>()> custody_file;
    std::function<std::string()> metrics;  // Prometheus text
};

// Sign-in, start and end of the shift and its breaks, here and under the page's API.
std::vector<http::Route> shift_routes(const Desk& desk);

// Peers with another user id than this process's, or root's, are refused (SO_PEERCRED).
http::Router control_router(const Desk& desk);

}  // namespace plus7::agent::handheld

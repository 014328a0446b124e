// THE table of the API: one line per route, in the order of openapi.yaml.
#pragma once
#include <vector>

#include "central/api/route_table.hpp"

namespace plus7::central::api {

class SessionRoutes;
class MeRoutes;
class StaffRoutes;
class AuditRoutes;
class ProbeRoutes;
struct FieldRoutes;

// The resources that the lines lead to; they outlive the table.
struct Resources {
    SessionRoutes& session;
    MeRoutes& me;
    StaffRoutes& staff;
    AuditRoutes& audit;
    ProbeRoutes& probes;
    FieldRoutes* field = nullptr;  // nothing: an Api of accounts alone
};

std::vector<ApiRoute> routes(const Resources& to);

}  // namespace plus7::central::api

// The streets of the page's map, out of the pack that this handheld keeps. Storage thread; owned by Page.
#pragma once
#include "agent/store/street_pack.hpp"
#include "shared/http/router.hpp"

namespace plus7::agent::handheld {

class Streets {
  public:
    explicit Streets(std::filesystem::path file) : pack_(std::move(file)) {}
    std::vector<http::Route> routes();  // /api/map, /tiles/{z}/{x}/{y}.mvt

  private:
    http::Response facts();
    http::Response answer(const http::Request& request);

    store::StreetPack pack_;
};

}  // namespace plus7::agent::handheld

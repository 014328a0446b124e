// Small invented extracts in OSM XML, for tests that need to know every node.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "shared/core/geo.hpp"

namespace plus7::test {

class ExtractText {
  public:
    using Tags = std::vector<std::pair<std::string, std::string>>;

    // In the order nodes, ways, relations, each by rising id: as import_map demands. Values must need no XML escapes.
    void node(std::int64_t id, core::LatLon place, const Tags& tags = {});
    void way(std::int64_t id, const std::vector<std::int64_t>& nodes, const Tags& tags);
    void relation(std::int64_t id, const std::vector<std::pair<std::int64_t, std::string>>& ways, const Tags& tags);
    std::string xml() const;

  private:
    void add_tags(const Tags& tags);
    std::string body_;
};

}  // namespace plus7::test

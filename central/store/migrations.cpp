#include "central/store/migrations.hpp"

#include <string>

#include "central_sql_embed.hpp"

namespace plus7::central::store {

std::vector<sql::Migration> migrations() {
    std::vector<sql::Migration> all;
    for (const auto name : central_sql::names())  // sorted, and numbered from 0001
        all.push_back({std::stoi(std::string(name.substr(0, 4))), name, central_sql::file(name)});
    return all;
}

}  // namespace plus7::central::store

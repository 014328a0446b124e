// A depot and people who send partners' files to it.
#pragma once
#include <fstream>
#include <iterator>

#include "central/app/orders/sites.hpp"
#include "tests/central/api/api_house.hpp"
#include "tests/support/eventually.hpp"

namespace plus7::test {

struct RegistryHouse : ApiHouse {
    Browser browser{*this, person("dispatcher", accounts::Roles{accounts::Role::dispatcher})};
    std::string depot = db->write([&](core::Tx& tx) {
                              central::app::orders::SiteChange site;
                              site.name = "Останкино";
                              site.address = "ул. Складская, 1";
                              return central::app::orders::create_site(tx, true, site, clock.now()).value().id;
                          }).value();

    static std::string sample() {
        std::ifstream in(std::string(PLUS7_SOURCE_DIR) + "/tests/data/registries/knizhny-dvor.csv", std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(in), {});
    }
    std::string whose(const std::string& outer_number = "P-7") const {
        return "?sender=%D0%94%D0%B2%D0%BE%D1%80&site=" + depot + "&outer_number=" + outer_number;  // Двор
    }
    http::Response preview(const std::string& file, const std::string& query = {}) {
        return browser.send(http::Method::post, "/api/v1/registries/preview" + (query.empty() ? whose() : query), file,
                            {{"Content-Type", "text/csv"}});
    }
    http::Response begin(const std::string& file, const std::string& query = {}) {
        return browser.send(http::Method::post, "/api/v1/registries" + (query.empty() ? whose() : query), file,
                            {{"Content-Type", "text/csv"}, {"Idempotency-Key", "import" + std::to_string(++imports)}});
    }
    http::Response card(const std::string& id) { return browser.get("/api/v1/registries/" + id); }
    // The registry's card when all of the file is read.
    http::Response import(const std::string& file, const std::string& query = {}) {
        const auto begun = begin(file, query);
        REQUIRE_MESSAGE(begun.status == 202, begun.body);
        const auto id = member(begun, "id");
        REQUIRE(eventually([&] { return member(card(id), "import.state") == "done"; }));
        return card(id);
    }
    // "created updated unchanged rejected".
    static std::string counts(const http::Response& response, const std::string& path = "import.") {
        std::string text;
        for (const auto* name : {"created", "updated", "unchanged", "rejected"})
            text += (text.empty() ? "" : " ") + member(response, path + name);
        return text;
    }
    std::int64_t changes() {
        return count(
            "SELECT (SELECT COUNT(*) FROM customer_order) + (SELECT COUNT(*) FROM registry) + (SELECT "
            "COUNT(*) FROM registry_line) + (SELECT COUNT(*) FROM event_log) + (SELECT COUNT(*) FROM audit) + "
            "(SELECT last FROM order_number) + (SELECT COALESCE(SUM(version), 0) FROM customer_order)");
    }
    int imports = 0;
};

}  // namespace plus7::test

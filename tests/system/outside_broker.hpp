// A mosquitto that central did not start, as docs/operations.md describes it: an authority's folder, a listener for
// handhelds and one for the accounts of any number of central instances.
#pragma once
#include <memory>

#include "tests/support/mosquitto.hpp"
#include "tests/system/central_process.hpp"

namespace plus7::test {

class OutsideBroker {
  public:
    // `plain`: the listener for handhelds knows neither TLS nor accounts, for measurements against other brokers.
    explicit OutsideBroker(bool plain = false);

    std::uint16_t port() const { return broker_->port(); }  // of that listener
    // A central on this broker: instance name, database.
    CentralSetup setup(const std::string& instance, const std::string& database) const;
    void restart() { broker_->restart(); }

  private:
    TempDir dir_;
    std::uint16_t service_port_ = free_port();
    std::unique_ptr<Mosquitto> broker_;
};

}  // namespace plus7::test

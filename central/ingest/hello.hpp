// `up/hello` → `down/welcome`. On a worker; the answer goes out after the durable commit.
#pragma once
#include "central/ingest/parts.hpp"
#include "central/ingest/view_sender.hpp"

namespace plus7::central::ingest {

class HelloDesk {
  public:
    // `certificate`: of central's signing key, DER.
    HelloDesk(Parts& parts, ViewSender& views, core::Bytes certificate)
        : parts_(parts), views_(views), certificate_(std::move(certificate)) {}

    void take(const Frame& frame, const core::DeviceId& device, Done done);

  private:
    Parts& parts_;
    ViewSender& views_;
    const core::Bytes certificate_;
};

}  // namespace plus7::central::ingest

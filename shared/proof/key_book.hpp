// Which record keys of handhelds the company's CA stands behind. One thread.
#pragma once
#include <string>
#include <vector>

#include "shared/proof/parcel_file.hpp"
#include "shared/wire/fact.hpp"

namespace plus7::proof {

class KeyBook {
  public:
    KeyBook(const std::vector<DeviceKey>& keys, std::string authority_pem);

    // "" when the CA stands behind the key, or what is wrong.
    static std::string problem_with(const DeviceKey& key, const std::string& authority_pem);
    // "" when the fact is signed by a certified key of the device, or what is wrong.
    std::string problem_of(const wire::SignedFact& fact, const core::DeviceId& device) const;

  private:
    struct Known {
        DeviceKey key;
        std::string problem;
    };
    std::vector<Known> keys_;
};

// Whether the CA issued it: at a time within its validity, because proofs are read years later.
core::Status issued_by(core::ByteView certificate_der, const std::string& authority_pem, bool is_signer);

}  // namespace plus7::proof

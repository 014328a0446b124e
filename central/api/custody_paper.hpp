// The custody of a parcel as a paper for people, with the SHA-256 of the machine file it belongs to. Pure but for the
// machine's fonts.
#pragma once
#include <chrono>
#include <string>

#include "central/api/custody_words.hpp"
#include "shared/core/result.hpp"
#include "shared/proof/check.hpp"

namespace plus7::central::api {

// `offset`: of the reader's clock from UTC. The report is that of the machine file.
core::Result<std::string> custody_paper(const proof::Report& report, const CustodyWords& words,
                                        std::chrono::minutes offset);

}  // namespace plus7::central::api

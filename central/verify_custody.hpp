// `plus7-central verify-custody FILE`: whether a parcel's custody file is whole, on any machine: no configuration, no
// database, no network. Prints every link for a person.
#pragma once
#include <string>
#include <vector>

namespace plus7::central {

struct VerifyCustody {
    std::string file;
    std::string authority;  // file of the CA to trust, PEM; empty: its fingerprint is shown, to be compared
    std::vector<std::string> handhelds;  // files that handhelds gave out themselves
    std::vector<std::string> blobs;      // files of photos and signatures as central keeps them
};

// 0: whole; 1: a link is missing or false, and named; 2: not a custody file, or a file that cannot be read.
int verify_custody_command(const VerifyCustody& asked);

}  // namespace plus7::central

// Mounts that nobody else sees and that end with this program, whatever happens to it.
#pragma once

namespace plus7::test {

// From here on this program, and what it starts, has a mount namespace of its own. Main thread; takes root:
// std::system_error without it.
void have_own_mounts();

}  // namespace plus7::test

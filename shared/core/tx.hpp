// The transaction that a use case is given by its edge. Declared here so that app code can pass it on without seeing
// SQL.
#pragma once

namespace plus7::sql {
class Tx;
}

namespace plus7::core {
using plus7::sql::Tx;
}

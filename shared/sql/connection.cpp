#include "shared/sql/connection.hpp"

namespace plus7::sql {

core::Status Connection::run_unit(Access access, const Unit& unit) {
    begin(access);
    try {
        Tx tx(*this);
        core::Status status = unit(tx);
        if (status.ok()) {
            tx.require_sound();
            commit();
        } else {
            rollback();
        }
        return status;
    } catch (...) {
        rollback();
        throw;
    }
}

}  // namespace plus7::sql

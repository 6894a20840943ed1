"""Every table of the project in one place: a room's tables exist once its module is loaded."""

import nav_access.appointments.models
import nav_access.callbacks.models
import nav_access.core.audit_tables
import nav_access.core.confirming
import nav_access.core.limits
import nav_access.feedback.models
import nav_access.intake.acting.models
import nav_access.intake.centre.models
import nav_access.intake.direct_number.models
import nav_access.intake.models
import nav_access.intake.protected.models
import nav_access.intake.sides.models
import nav_access.intake.texting.models
import nav_access.kiosk.models
import nav_access.messaging.models
import nav_access.offices.keeping.models
import nav_access.offices.models
import nav_access.partners.models
import nav_access.staff.models  # noqa: F401 - each is loaded for the tables it declares
from nav_access.core.orm import Base

METADATA = Base.metadata

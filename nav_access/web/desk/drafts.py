"""What somebody wrote when their session was over, as the desk's pages fill it in again."""

from nav_access.web.shared.signed_in.drafts import Fields

__all__ = ["Fields"]

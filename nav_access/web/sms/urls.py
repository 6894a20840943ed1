"""The addresses of the SMS gateway; what it may do is in its secret, not in a session."""

from flask import Blueprint

from nav_access.web.sms.inbound import inbound
from nav_access.web.sms.reports import take_report

blueprint = Blueprint("sms", __name__)

blueprint.add_url_rule("/sms/inbound", "inbound", inbound, methods=["POST"])
blueprint.add_url_rule("/sms/report", "report", take_report)

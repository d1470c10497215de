import logging

logging.warning("before basicConfig")
logging.info("hidden")
logging.basicConfig(level=logging.DEBUG, format="%(levelname)s:%(name)s:%(lineno)d:%(funcName)s:%(message)s", force=True)
log = logging.getLogger("app.part")
log.debug("value %s %d", "x", 3)
try:
    1 / 0
except ZeroDivisionError:
    log.exception("failed")
log.error("%d", "not a number")
print(logging.getLogger().handlers[0].stream.name, log.getEffectiveLevel(), logging.root.level)

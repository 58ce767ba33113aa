# The command `unroll` in an image: for grading, and for running notebooks without Python.
FROM node:24-bookworm-slim
WORKDIR /opt/unroll
COPY . .
# The command without its set-up: nothing is to be installed or built any more, least of all by a user who may not.
RUN node kernel/bin/unroll.mjs --version \
  && printf '#!/bin/sh\nexec node /opt/unroll/kernel/dist/cli.js "$@"\n' > /usr/local/bin/unroll \
  && chmod +x /usr/local/bin/unroll
USER node
ENTRYPOINT ["unroll"]

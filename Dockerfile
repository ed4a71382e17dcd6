# The libraries are fetched in a stage of their own: npm's caches stay there.
FROM node:24-slim AS libraries
WORKDIR /ardaq
COPY package.json package-lock.json .puppeteerrc.cjs ./
# None of these needs a script of its own to be installed.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-slim
ENV NODE_ENV=production DATA_DIR=/data HOST=0.0.0.0
# Everything but /data and /tmp may be read-only; what runs cannot change itself.
RUN install -d -o node -g node -m 700 /data
WORKDIR /ardaq
COPY --from=libraries /ardaq/node_modules node_modules
COPY package.json LICENSE ./
COPY bot bot
COPY db db
COPY deeds deeds
COPY domain domain
COPY handlers handlers
COPY jobs jobs
COPY locales locales
COPY pictures pictures
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.STATUS_PORT || 3001) + '/health/ready').then(answer => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "bot/main.ts"]

// validatorUrl: by default Swagger UI sends the document to a service that judges it.
SwaggerUIBundle({
  url: document.baseURI.replace(/\/docs.*$/, "/openapi.json"),
  dom_id: "#swagger-ui",
  deepLinking: true,
  validatorUrl: null,
});

-- The schema of a trading company, as programs of the nineties had it: names with blanks, money, dates as text, pictures.
CREATE TABLE Categories (
    CategoryID INTEGER PRIMARY KEY AUTOINCREMENT,
    CategoryName NVARCHAR(15) NOT NULL,
    Description NTEXT,
    Picture BLOB
);
CREATE TABLE CustomerDemographics (
    CustomerTypeID NCHAR(10) NOT NULL PRIMARY KEY,
    CustomerDesc NTEXT
);
CREATE TABLE Customers (
    CustomerID NCHAR(5) NOT NULL,
    CompanyName NVARCHAR(40) NOT NULL,
    "Contact Name" NVARCHAR(30),
    City NVARCHAR(15) COLLATE NOCASE,
    Country NVARCHAR(15) DEFAULT 'Germany',
    Phone NVARCHAR(24),
    CONSTRAINT PK_Customers PRIMARY KEY (CustomerID)
);
CREATE TABLE CustomerCustomerDemo (
    CustomerID NCHAR(5) NOT NULL,
    CustomerTypeID NCHAR(10) NOT NULL,
    PRIMARY KEY (CustomerID, CustomerTypeID),
    FOREIGN KEY (CustomerID) REFERENCES Customers (CustomerID) ON DELETE CASCADE,
    FOREIGN KEY (CustomerTypeID) REFERENCES CustomerDemographics (CustomerTypeID)
) WITHOUT ROWID;
CREATE TABLE Employees (
    EmployeeID INTEGER PRIMARY KEY AUTOINCREMENT,
    LastName NVARCHAR(20) NOT NULL,
    FirstName NVARCHAR(10) NOT NULL,
    Title NVARCHAR(30),
    BirthDate DATE,
    HireDate DATE,
    Photo BLOB,
    ReportsTo INTEGER REFERENCES Employees (EmployeeID) ON DELETE SET NULL,
    "Full Name" TEXT AS (FirstName || ' ' || LastName),
    CONSTRAINT CK_Birthdate CHECK (BirthDate < HireDate)
);
CREATE TABLE Region (RegionID INTEGER NOT NULL PRIMARY KEY, RegionDescription NCHAR(50) NOT NULL UNIQUE);
CREATE TABLE Territories (
    TerritoryID NVARCHAR(20) NOT NULL PRIMARY KEY,
    TerritoryDescription NCHAR(50) NOT NULL,
    RegionID INTEGER NOT NULL REFERENCES Region
);
CREATE TABLE EmployeeTerritories (
    EmployeeID INTEGER NOT NULL REFERENCES Employees ON DELETE CASCADE ON UPDATE CASCADE,
    TerritoryID NVARCHAR(20) NOT NULL REFERENCES Territories (TerritoryID),
    CONSTRAINT PK_EmployeeTerritories PRIMARY KEY (EmployeeID, TerritoryID)
);
CREATE TABLE Shippers (ShipperID INTEGER PRIMARY KEY, CompanyName NVARCHAR(40) NOT NULL, Phone NVARCHAR(24));
CREATE TABLE Suppliers (
    SupplierID INTEGER PRIMARY KEY,
    CompanyName NVARCHAR(40) NOT NULL,
    HomePage NTEXT,
    UNIQUE (CompanyName)
);
CREATE TABLE Products (
    ProductID INTEGER PRIMARY KEY AUTOINCREMENT,
    ProductName NVARCHAR(40) NOT NULL,
    SupplierID INTEGER REFERENCES Suppliers,
    CategoryID INTEGER REFERENCES Categories (CategoryID) ON UPDATE CASCADE,
    "Quantity Per Unit" NVARCHAR(20),
    UnitPrice MONEY DEFAULT 0,
    UnitsInStock SMALLINT DEFAULT (0),
    ReorderLevel SMALLINT DEFAULT 0,
    Discontinued BIT NOT NULL DEFAULT 0,
    CHECK ((UnitPrice >= 0) AND (ReorderLevel >= 0)),
    CHECK (NOT (UnitsInStock < 0)),
    CHECK (ProductName NOT LIKE '% ')
);
CREATE TABLE Orders (
    OrderID INTEGER PRIMARY KEY,
    CustomerID NCHAR(5) REFERENCES Customers (CustomerID),
    EmployeeID INTEGER,
    OrderDate DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "Required Date" DATETIME,
    ShipVia INTEGER,
    Freight MONEY NOT NULL DEFAULT 0.00,
    "Ship Name" NVARCHAR(40),
    FOREIGN KEY (EmployeeID) REFERENCES Employees,
    CONSTRAINT FK_Orders_Shippers FOREIGN KEY (ShipVia) REFERENCES Shippers (ShipperID) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE "Order Details" (
    OrderID INTEGER NOT NULL REFERENCES Orders ON DELETE CASCADE,
    ProductID INTEGER NOT NULL REFERENCES Products,
    UnitPrice MONEY NOT NULL DEFAULT 0,
    Quantity SMALLINT NOT NULL DEFAULT 1,
    Discount REAL NOT NULL DEFAULT 0,
    "Extended Price" REAL AS (UnitPrice * Quantity * (1 - Discount)) STORED,
    PRIMARY KEY (OrderID, ProductID),
    CONSTRAINT CK_Discount CHECK (Discount BETWEEN 0 AND 1),
    CONSTRAINT CK_Quantity CHECK (Quantity > 0)
) WITHOUT ROWID;

CREATE INDEX LastName ON Employees (LastName);
CREATE INDEX "Products by Name" ON Products (ProductName COLLATE NOCASE);
CREATE INDEX ix_Orders_EmployeeID ON Orders (EmployeeID);
CREATE INDEX OrderDate ON Orders (OrderDate DESC, OrderID) WHERE "Required Date" IS NOT NULL;
CREATE UNIQUE INDEX CustomerPhone ON Customers (Phone) WHERE Phone <> '';
CREATE INDEX CustomersOrders ON Orders (lower(CustomerID));

CREATE VIEW "Order Subtotals" AS
    SELECT OrderID, sum("Extended Price") AS Subtotal FROM "Order Details" GROUP BY OrderID;
CREATE VIEW "Alphabetical list of products" AS
    SELECT Products.*, CategoryName FROM Products JOIN Categories USING (CategoryID) WHERE NOT Discontinued;
CREATE TRIGGER "Stock after order" AFTER INSERT ON "Order Details" BEGIN
    UPDATE Products SET UnitsInStock = UnitsInStock - new.Quantity WHERE ProductID = new.ProductID;
END;

INSERT INTO Categories VALUES (1, 'Beverages', 'Soft drinks, coffees, teas', x'00ff10'), (2, 'Confections', NULL, NULL);
INSERT INTO Customers VALUES ('ALFKI', 'Alfreds Futterkiste', 'Maria Anders', 'Berlin', 'Germany', '030-0074321'),
    ('BLONP', 'Blondel père et fils', NULL, 'Strasbourg', 'France', NULL);
INSERT INTO CustomerDemographics VALUES ('regular', 'comes again');
INSERT INTO CustomerCustomerDemo VALUES ('ALFKI', 'regular');
INSERT INTO Employees (EmployeeID, LastName, FirstName, Title, BirthDate, HireDate, Photo, ReportsTo) VALUES
    (2, 'Fuller', 'Andrew', 'Vice President', '1952-02-19', '1992-08-14', x'0102', NULL),
    (5, 'Buchanan', 'Steven', 'Sales Manager', '1955-03-04', '1993-10-17', NULL, 2),
    (6, 'Suyama', 'Michael', NULL, '1963-07-02', '1993-10-17', NULL, 5);
INSERT INTO Region VALUES (1, 'Eastern');
INSERT INTO Territories VALUES ('01581', 'Westboro', 1), ('02116', 'Boston', 1);
INSERT INTO EmployeeTerritories VALUES (5, '01581'), (5, '02116');
INSERT INTO Shippers VALUES (1, 'Speedy Express', NULL);
INSERT INTO Suppliers VALUES (1, 'Exotic Liquids', NULL);
INSERT INTO Products VALUES (1, 'Chai', 1, 1, '10 boxes x 20 bags', 18.0, 39, 10, 0),
    (2, 'Chang', 1, 1, '24 - 12 oz bottles', 19.5, 17, 25, 0), (17, 'Alice Mutton', NULL, NULL, NULL, 39.0, 0, 0, 1);
INSERT INTO Orders VALUES (10248, 'ALFKI', 5, '1996-07-04 00:00:00', '1996-08-01 00:00:00', 1, 32.38, 'Vins et alcools'),
    (10249, 'BLONP', 6, '1996-07-05 00:00:00', NULL, NULL, 11.61, NULL);
INSERT INTO "Order Details" (OrderID, ProductID, UnitPrice, Quantity, Discount)
    VALUES (10248, 1, 18.0, 12, 0.5), (10248, 2, 19.5, 10, 0), (10249, 1, 18.0, 2, 0);
